using System.Text;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Crash;

/// <summary>Tokenizes over many connections until all of them are cut, and keeps the acknowledged tokens.</summary>
internal sealed class CrashClient : ILoad, IDisposable
{
    private const int Connections = 32;
    private const int EveryKeyed = 4;
    private readonly IRequests _plain;
    private readonly IRequests _keyed;
    private readonly Lock _gate = new();
    private readonly List<Acknowledged> _acknowledged = [];
    private readonly HashSet<LoadConnection> _keyedConnections = [];
    private readonly List<LoadConnection> _connections = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _alive = Connections;

    private CrashClient(IRequests plain, IRequests keyed) => (_plain, _keyed) = (plain, keyed);

    /// <summary>Starts tokenizing.</summary>
    public static async Task<CrashClient> StartAsync(ServerProcess server, IRequests plain, IRequests keyed, CancellationToken ct)
    {
        var client = new CrashClient(plain, keyed);
        for (var i = 0; i < Connections; i++)
        {
            var connection = new LoadConnection(client);
            client._connections.Add(connection);
            if (i % EveryKeyed == 0)
            {
                client._keyedConnections.Add(connection);
            }

            await connection.ConnectAsync(server.Address, ct);
        }

        client._connections.ForEach(client.Send);
        return client;
    }

    /// <summary>The token in an answer; null when there is none.</summary>
    public static string? TokenIn(ReadOnlySpan<byte> body)
    {
        var member = "\"id\":\""u8;
        var at = body.IndexOf(member);
        var rest = at < 0 ? [] : body[(at + member.Length)..];
        return rest.IndexOf((byte)'"') is var end and > 0 ? Encoding.ASCII.GetString(rest[..end]) : null;
    }

    /// <summary>Waits until the first token is acknowledged.</summary>
    public Task WaitForFirstAsync(TimeSpan within, CancellationToken ct) => _first.Task.WaitAsync(within, ct);

    /// <summary>Waits until every connection is cut.</summary>
    /// <returns>The acknowledged tokens.</returns>
    public async Task<IReadOnlyList<Acknowledged>> FinishAsync(TimeSpan within, CancellationToken ct)
    {
        await _cut.Task.WaitAsync(within, ct);
        return _acknowledged;
    }

    public void Answered(LoadConnection connection, in HttpAnswer answer)
    {
        if (answer.Status == StatusCodes.Status200OK && TokenIn(answer.Body) is { } token)
        {
            lock (_gate)
            {
                _acknowledged.Add(new Acknowledged(token, connection.Tag, _keyedConnections.Contains(connection)));
            }

            _first.TrySetResult();
        }

        Send(connection);
    }

    public void Broken(LoadConnection connection)
    {
        if (Interlocked.Decrement(ref _alive) == 0)
        {
            _cut.TrySetResult();
        }
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private void Send(LoadConnection connection) => connection.Send(_keyedConnections.Contains(connection) ? _keyed : _plain, since: 0);
}
