using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Delivers the events of one subscription for as long as any wait. Each subscription has its own lane, so that a hanging receiver delays no other
/// subscription. The lane claims many events in one call to the store, sends several at a time, and has their outcomes recorded together. A claimed event
/// stays due in the store until its outcome is recorded, so a stop or a crash in between repeats the event but never loses it.
/// </summary>
internal sealed class WebhookLane(long subscription, int atOnce, WebhookSignal signal, IWebhookDeliveryStore store, WebhookSender sender, WebhookPace pace, WebhookIds ids, WebhookFeed feed, TimeProvider clock)
{
    // Bounds what a hanging receiver keeps in memory. A claim takes a few milliseconds, so this does not limit a fast receiver.
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

    /// <summary>Whether the lane was woken since it last asked the store.</summary>
    public bool IsWoken => _isWoken;

    private bool HasRoom => _held.Count <= MostHeld / 2;

    /// <summary>Wakes the lane, because events may have been queued.</summary>
    /// <param name="isChanged">Whether the subscription itself may have changed, which also affects claimed events.</param>
    public void Wake(bool isChanged)
    {
        if (isChanged)
        {
            Volatile.Write(ref _isChanged, true);
        }

        _isWoken = true;
        Pulse();
    }

    /// <summary>Delivers until no event waits.</summary>
    /// <param name="stop">Prevents new attempts. Attempts in flight are awaited.</param>
    /// <param name="abort">Cancels attempts in flight, which are repeated after the next start.</param>
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
            await recording; // a fault of the recorder is a fault of the lane
        }
    }

    private void Pulse() => _pulse.Writer.TryWrite(true);

    /// <returns>Whether there is more work, now or later.</returns>
    private async Task<bool> StepAsync(WebhookRecorder recorder, Task recording, CancellationToken stop, CancellationToken abort)
    {
        Forget(recorder);
        if (_isWoken || _nextAt <= clock.GetUtcNow())
        {
            _isWoken = false; // reset before asking the store, so that a later event wakes the lane again
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

    // A recorded delivery is no longer due in the store, so the lane need not hold it any more.
    private void Forget(WebhookRecorder recorder)
    {
        while (recorder.TryTake(out var recorded))
        {
            _held.Remove(recorded.Delivery.Id);
            _mayHaveMore |= _passedOver; // somebody may have replayed it while it was held
            if (recorded.NextAt is { } next && !(_nextAt <= next))
            {
                _nextAt = next;
            }
        }
    }

    /// <returns>False when the subscription is deleted, disabled or paused, or its events are fetched by a listener.</returns>
    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        signal.Settle(subscription);
        try
        {
            var taken = await store.TakeAsync(subscription, clock.GetUtcNow(), MostHeld - _held.Count, _held);
            feed.Publish(subscription);
            if (taken is not { Webhook.Kind: not WebhookKind.Listener } work)
            {
                return false; // a listener fetches its events itself
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
            Pulse(); // deliveries may have been claimed since this sender found none
        }
    }

    private async Task WaitAsync(Task recording, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task pulse = _pulse.Reader.ReadAsync(enough.Token).AsTask();
        await Task.WhenAny(pulse, recording, SleepAsync(_mayHaveMore ? null : _nextAt - clock.GetUtcNow(), enough.Token)); // without room, the passing of time changes nothing
        await enough.CancelAsync();
        await pulse.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // must end before the next read
    }

    private Task SleepAsync(TimeSpan? time, CancellationToken enough) =>
        Task.Delay(time < s_longestSleep ? time > TimeSpan.Zero ? time.Value : TimeSpan.Zero : s_longestSleep, clock, enough);
}
