using System.Net;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// A closed loop: each connection sends its next request when the previous one is answered. This loads the server as much as it can take and so finds
/// its highest rate. A slow answer delays the next request, so the latencies flatter the server: see <see cref="OpenLoop"/>.
/// </summary>
internal sealed class ClosedLoop : ILoad, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly IRequests _requests;
    private readonly TimeProvider _clock;
    private readonly List<LoadConnection> _connections = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoadResult _result = new();
    private long _measuredFrom;
    private long _measuredTo;
    private int _alive;

    private ClosedLoop(IRequests requests, TimeProvider clock) => (_requests, _clock) = (requests, clock);

    /// <summary>Loads a server.</summary>
    /// <param name="server">Where it listens.</param>
    /// <param name="requests">The requests to send.</param>
    /// <param name="connections">The number of requests in flight at any time.</param>
    /// <param name="warmUp">How long to load the server before measuring.</param>
    /// <param name="duration">How long to measure.</param>
    /// <param name="clock">The clock to measure by.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task<LoadResult> RunAsync(
        IPEndPoint server, IRequests requests, int connections, TimeSpan warmUp, TimeSpan duration, TimeProvider clock, CancellationToken ct)
    {
        using var loop = new ClosedLoop(requests, clock);
        return await loop.RunAsync(server, connections, warmUp, duration, ct);
    }

    public void Answered(LoadConnection connection, in HttpAnswer answer)
    {
        var now = _clock.GetTimestamp();

        // Every answer within the measured time counts, whenever its request was sent: a slow server must not look slower than it is.
        _result.Record(answer.Status, _clock.GetElapsedTime(connection.Since, now), now >= _measuredFrom && now <= _measuredTo);
        if (now < Volatile.Read(ref _measuredTo))
        {
            connection.Send(_requests, now);
        }
        else
        {
            EndOne();
        }
    }

    public void Broken(LoadConnection connection)
    {
        if (connection.IsBusy)
        {
            _result.RecordBroken();
            EndOne();
        }
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private async Task<LoadResult> RunAsync(IPEndPoint server, int connections, TimeSpan warmUp, TimeSpan duration, CancellationToken ct)
    {
        _alive = connections;
        for (var i = 0; i < connections; i++)
        {
            var connection = new LoadConnection(this);
            _connections.Add(connection);
            await connection.ConnectAsync(server, ct);
        }

        var begin = _clock.GetTimestamp();
        _measuredFrom = begin + TimestampsOf(warmUp);
        _measuredTo = _measuredFrom + TimestampsOf(duration);
        _result.Measured = duration;
        foreach (var connection in _connections)
        {
            connection.Send(_requests, _clock.GetTimestamp());
        }

        await _ended.Task.WaitAsync(warmUp + duration + s_patience, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        _result.Unanswered = Volatile.Read(ref _alive);
        return _result;
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _alive) == 0)
        {
            _ended.TrySetResult();
        }
    }

    private long TimestampsOf(TimeSpan time) => (long)(time.TotalSeconds * _clock.TimestampFrequency);
}
