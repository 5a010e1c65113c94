using System.Net;
using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Bench.Crash;

/// <summary>Sends each request once, and finds the tokens that are not in its answer.</summary>
internal sealed class ReadBack : ILoad, IDisposable
{
    private const int Connections = 16;
    private readonly IRequests _requests;
    private readonly IReadOnlyList<Acknowledged> _wanted;
    private readonly bool[] _right;
    private readonly List<LoadConnection> _connections = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;
    private int _alive = Connections;

    private ReadBack(IRequests requests, IReadOnlyList<Acknowledged> wanted) => (_requests, _wanted, _right) = (requests, wanted, new bool[wanted.Count]);

    /// <summary>Asks a server for tokens.</summary>
    /// <param name="server">The server.</param>
    /// <param name="requests">The requests: the first asks for the first token with its place as the tag, and so on.</param>
    /// <param name="wanted">The tokens.</param>
    /// <param name="within">The time limit.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The tokens whose request got no answer or a different one.</returns>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(
        IPEndPoint server, IRequests requests, IReadOnlyList<Acknowledged> wanted, TimeSpan within, CancellationToken ct)
    {
        using var check = new ReadBack(requests, wanted);
        for (var i = 0; i < Connections; i++)
        {
            var connection = new LoadConnection(check);
            check._connections.Add(connection);
            await connection.ConnectAsync(server, ct);
        }

        check._connections.ForEach(check.SendNext);
        await check._done.Task.WaitAsync(within, ct);
        return [.. wanted.Where((_, place) => !check._right[place]).Select(each => each.Token)];
    }

    public void Answered(LoadConnection connection, in HttpAnswer answer)
    {
        _right[connection.Tag] = answer.Status == StatusCodes.Status200OK && CrashClient.TokenIn(answer.Body) == _wanted[(int)connection.Tag].Token;
        SendNext(connection);
    }

    public void Broken(LoadConnection connection) => End();

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private void SendNext(LoadConnection connection)
    {
        if (Interlocked.Increment(ref _sent) <= _wanted.Count)
        {
            connection.Send(_requests, since: 0);
        }
        else
        {
            End();
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _alive) == 0)
        {
            _done.TrySetResult();
        }
    }
}
