using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Delivers the events of one subscription for as long as any wait. Each subscription has a lane of its own, so that a receiver that hangs holds up nobody
/// else. It claims many events by one question to the store, sends some of them at a time, and has their outcomes recorded together. What it has claimed stays due in
/// the store until its outcome is recorded: a stop or a crash in between repeats it, and loses nothing.
/// </summary>
internal sealed class WebhookLane(long subscription, int atOnce, WebhookSignal signal, IWebhookDeliveryStore store, WebhookSender sender, WebhookPace pace, WebhookIds ids, WebhookFeed feed, TimeProvider clock)
{
    // What a receiver that hangs may keep in memory; and at some milliseconds for a claim no limit to a quick one.
    private const int MostHeld = 128;

    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_afterOutage = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _pulse = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<WebhookDelivery> _claimed = new();
    private readonly HashSet<long> _held = [];
    private readonly List<Task> _senders = [];
    private volatile bool _isWoken;
    private bool _isChanged;
    private volatile WebhookReceiver? _receiver;
    private int _sending;
    private DateTimeOffset? _nextAt;
    private bool _mayHaveMore = true;
    private bool _passedOver;

    /// <summary>The subscription.</summary>
    public long Subscription => subscription;

    /// <summary>Whether it was woken since it looked last.</summary>
    public bool IsWoken => _isWoken;

    private bool HasRoom => _held.Count <= MostHeld / 2;

    /// <summary>Something may have been queued.</summary>
    /// <param name="isChanged">Whether the subscription itself may have changed, which counts for what has been claimed too.</param>
    public void Wake(bool isChanged)
    {
        if (isChanged)
        {
            Volatile.Write(ref _isChanged, true);
        }

        _isWoken = true;
        Pulse();
    }

    /// <summary>Delivers until nothing waits any more.</summary>
    /// <param name="stop">No new attempt begins; those under way are waited for.</param>
    /// <param name="abort">Those under way are given up, to be repeated after the next start.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        _mayHaveMore = true;
        var recorder = new WebhookRecorder(subscription, store, ids, feed, clock, Pulse);
        var recording = recorder.RunAsync(abort);
        try
        {
            while (!stop.IsCancellationRequested && !recording.IsCompleted && await StepAsync(recorder, recording, stop, abort))
            {
                // until nothing waits
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops.
        }
        finally
        {
            _claimed.Clear();
            await Task.WhenAll(_senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            recorder.Complete();
            await recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _senders.Clear();
            _held.Clear();
        }

        if (!abort.IsCancellationRequested)
        {
            await recording; // its fault is the lane's
        }
    }

    private void Pulse() => _pulse.Writer.TryWrite(true);

    /// <returns>Whether there is more to do, now or later.</returns>
    private async Task<bool> StepAsync(WebhookRecorder recorder, Task recording, CancellationToken stop, CancellationToken abort)
    {
        Forget(recorder);
        if (_isWoken || _nextAt <= clock.GetUtcNow())
        {
            _isWoken = false; // before it looks: what comes after that wakes it again
            _mayHaveMore = true;
        }

        if ((Interlocked.Exchange(ref _isChanged, false) || (_mayHaveMore && HasRoom)) && !await ClaimAsync(stop))
        {
            return false;
        }

        BeginSending(recorder, stop, abort);
        if (_held.Count == 0 && _nextAt is null && !_mayHaveMore)
        {
            return _isWoken;
        }

        if (!_mayHaveMore || !HasRoom)
        {
            await WaitAsync(recording, stop);
        }

        return true;
    }

    // What is recorded is not due in the store any more. Only then may it be forgotten.
    private void Forget(WebhookRecorder recorder)
    {
        while (recorder.TryTake(out var recorded))
        {
            _held.Remove(recorded.Delivery.Id);
            _mayHaveMore |= _passedOver; // somebody may have sent it again before it was forgotten
            if (recorded.NextAt is { } next && !(_nextAt <= next))
            {
                _nextAt = next;
            }
        }
    }

    /// <returns>False where the subscription is not there any more, disabled or paused.</returns>
    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        signal.Settle(subscription);
        try
        {
            var taken = await store.TakeAsync(subscription, clock.GetUtcNow(), MostHeld - _held.Count, _held);
            feed.Publish(subscription);
            if (taken is not { Webhook.Kind: not WebhookKind.Listener } work)
            {
                return false; // a listener asks for its events by itself
            }

            _receiver = sender.Prepare(work.Webhook);
            foreach (var delivery in work.Due)
            {
                _held.Add(delivery.Id);
                _claimed.Enqueue(delivery);
            }

            (_nextAt, _mayHaveMore, _passedOver) = (work.NextAt, work.HasMore, work.HasPassedOver);
        }
        catch (UnavailableException)
        {
            await Task.Delay(s_afterOutage, clock, stop);
        }

        return true;
    }

    private void BeginSending(WebhookRecorder recorder, CancellationToken stop, CancellationToken abort)
    {
        _senders.RemoveAll(ended => ended.IsCompleted);
        for (var more = Math.Min(atOnce - Volatile.Read(ref _sending), _claimed.Count); more > 0; more--)
        {
            Interlocked.Increment(ref _sending);
            _senders.Add(Task.Run(() => SendAsync(recorder, stop, abort), CancellationToken.None));
        }
    }

    private async Task SendAsync(WebhookRecorder recorder, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            while (!stop.IsCancellationRequested && _claimed.TryDequeue(out var delivery))
            {
                await pace.TurnAsync(stop);
                var receiver = _receiver!;
                recorder.Add(receiver.Webhook, delivery, await sender.SendAsync(receiver, delivery, abort));
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            recorder.Complete(exception);
        }
        finally
        {
            Interlocked.Decrement(ref _sending);
            Pulse(); // something may have been claimed since it found nothing
        }
    }

    private async Task WaitAsync(Task recording, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task pulse = _pulse.Reader.ReadAsync(enough.Token).AsTask();
        await Task.WhenAny(pulse, recording, SleepAsync(_mayHaveMore ? null : _nextAt - clock.GetUtcNow(), enough.Token)); // without room time alone changes nothing
        await enough.CancelAsync();
        await pulse.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // before the next one reads
    }

    private Task SleepAsync(TimeSpan? time, CancellationToken enough) =>
        Task.Delay(time < s_longestSleep ? time > TimeSpan.Zero ? time.Value : TimeSpan.Zero : s_longestSleep, clock, enough);
}
