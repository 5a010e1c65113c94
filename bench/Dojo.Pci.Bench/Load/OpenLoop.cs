using System.Net;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// Sends requests at a fixed rate, regardless of the answers. The latency of each counts from its intended time, even when no connection was free or
/// this generator was late: a stall of the server shows in every request that falls into it (no coordinated omission).
/// </summary>
internal sealed class OpenLoop : ILoad, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly IRequests _requests;
    private readonly TimeProvider _clock;
    private readonly List<LoadConnection> _connections = [];
    private readonly Lock _gate = new();
    private readonly Stack<LoadConnection> _idle = [];
    private readonly Queue<long> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoadResult _result = new();
    private long _measuredFrom;
    private long _open;
    private bool _allSent;

    private OpenLoop(IRequests requests, TimeProvider clock) => (_requests, _clock) = (requests, clock);

    /// <summary>Loads a server.</summary>
    /// <param name="server">Where it listens.</param>
    /// <param name="requests">The requests to send.</param>
    /// <param name="perSecond">The number of requests per second.</param>
    /// <param name="connections">The most requests in flight; the others wait, and their wait counts.</param>
    /// <param name="warmUp">How long to load the server before measuring.</param>
    /// <param name="duration">How long to measure.</param>
    /// <param name="clock">The clock to measure by.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task<LoadResult> RunAsync(
        IPEndPoint server, IRequests requests, int perSecond, int connections, TimeSpan warmUp, TimeSpan duration, TimeProvider clock, CancellationToken ct)
    {
        using var loop = new OpenLoop(requests, clock);
        return await loop.RunAsync(server, perSecond, connections, warmUp, duration, ct);
    }

    public void Answered(LoadConnection connection, in HttpAnswer answer)
    {
        var now = _clock.GetTimestamp();
        _result.Record(answer.Status, _clock.GetElapsedTime(connection.Since, now), connection.Since >= _measuredFrom);
        long intended;
        lock (_gate)
        {
            EndOne();
            if (!_waiting.TryDequeue(out intended))
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Send(_requests, intended);
    }

    public void Broken(LoadConnection connection)
    {
        _result.RecordBroken();
        lock (_gate)
        {
            if (connection.IsBusy)
            {
                EndOne();
            }
        }
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private async Task<LoadResult> RunAsync(IPEndPoint server, int perSecond, int connections, TimeSpan warmUp, TimeSpan duration, CancellationToken ct)
    {
        for (var i = 0; i < connections; i++)
        {
            var connection = new LoadConnection(this);
            _connections.Add(connection);
            await connection.ConnectAsync(server, ct);
            _idle.Push(connection);
        }

        var begin = _clock.GetTimestamp();
        _measuredFrom = begin + (long)(warmUp.TotalSeconds * _clock.TimestampFrequency);
        var schedule = new Thread(() => SendAll(begin, perSecond, (long)((warmUp + duration).TotalSeconds * perSecond), ct)) { IsBackground = true, Name = "bench schedule" };
        schedule.Start();
        await _ended.Task.WaitAsync(warmUp + duration + s_patience, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();

        // Measured until the last answer: a server that falls behind gets no credit for a rate that it did not sustain.
        _result.Measured = _clock.GetElapsedTime(_measuredFrom);
        lock (_gate)
        {
            _result.Unanswered = _open;
        }

        return _result;
    }

    private void SendAll(long begin, int perSecond, long count, CancellationToken ct)
    {
        for (var i = 0L; i < count && !ct.IsCancellationRequested; i++)
        {
            var intended = begin + (long)(i * (double)_clock.TimestampFrequency / perSecond);
            while (_clock.GetTimestamp() < intended)
            {
                Thread.Sleep(1); // at most about a millisecond late: spinning would take a core from the server
            }

            Send(intended);
        }

        lock (_gate)
        {
            _allSent = true;
            EndIfDone();
        }
    }

    private void Send(long intended)
    {
        LoadConnection? connection;
        lock (_gate)
        {
            _open++;
            if (!_idle.TryPop(out connection))
            {
                _waiting.Enqueue(intended);
                return;
            }
        }

        if (intended >= _measuredFrom)
        {
            _result.Lateness.Record(_clock.GetElapsedTime(intended));
        }

        connection.Send(_requests, intended);
    }

    private void EndOne()
    {
        _open--;
        EndIfDone();
    }

    private void EndIfDone()
    {
        if (_allSent && _open <= 0)
        {
            _ended.TrySetResult();
        }
    }
}
