using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Delivers the events of one subscription, some at a time, for as long as any wait. Each subscription has a lane of its own, so that a receiver that hangs
/// holds up nobody else. What it sends stays due in the store until the outcome is recorded: a stop or a crash in between repeats it, and loses nothing.
/// </summary>
internal sealed class WebhookLane(long subscription, int atOnce, IWebhookDeliveryStore store, WebhookSender sender, WebhookIds ids, TimeProvider clock)
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_afterOutage = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Task<DateTimeOffset?>> _underWay = [];
    private TaskCompletionSource _woken = NewSignal();
    private DateTimeOffset? _nextAt;
    private bool _mayHaveMore = true;

    /// <summary>The subscription.</summary>
    public long Subscription => subscription;

    /// <summary>Whether it was woken since it looked last.</summary>
    public bool IsWoken => Volatile.Read(ref _woken).Task.IsCompleted;

    /// <summary>Something may have been queued.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    /// <summary>Delivers until nothing waits any more.</summary>
    /// <param name="stop">No new attempt begins; those under way are waited for.</param>
    /// <param name="abort">Those under way are given up, to be repeated after the next start.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        try
        {
            while (!stop.IsCancellationRequested && await StepAsync(stop, abort))
            {
                // until nothing waits
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops.
        }

        Task ended = Task.WhenAll(_underWay.Values);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>Whether there is more to do, now or later.</returns>
    private async Task<bool> StepAsync(CancellationToken stop, CancellationToken abort)
    {
        ForgetEnded();
        if (IsWoken || _nextAt <= clock.GetUtcNow())
        {
            Volatile.Write(ref _woken, NewSignal()); // before it looks: what comes after that wakes it again
            _mayHaveMore = true;
        }

        if (_mayHaveMore && _underWay.Count < atOnce && !await LookAsync(stop, abort))
        {
            return false;
        }

        if (_underWay.Count == 0 && _nextAt is null && !_mayHaveMore)
        {
            return IsWoken;
        }

        if (_underWay.Count == atOnce || !_mayHaveMore)
        {
            await WaitAsync(stop);
        }

        return true;
    }

    // What has ended is recorded, so the store does not have it as due any more. Only then may it be forgotten.
    private void ForgetEnded()
    {
        foreach (var (id, ended) in _underWay.Where(pair => pair.Value.IsCompleted).ToList())
        {
            _underWay.Remove(id);
            if (ended.GetAwaiter().GetResult() is { } next && !(_nextAt <= next))
            {
                _nextAt = next;
            }
        }
    }

    /// <returns>False where the subscription is not there any more, or disabled.</returns>
    private async Task<bool> LookAsync(CancellationToken stop, CancellationToken abort)
    {
        try
        {
            if (await store.TakeAsync(subscription, clock.GetUtcNow(), atOnce) is not { } work)
            {
                return false;
            }

            // Those under way are still due, and so among the found.
            foreach (var delivery in work.Due.Where(delivery => !_underWay.ContainsKey(delivery.Id)).Take(atOnce - _underWay.Count).ToList())
            {
                _underWay[delivery.Id] = Task.Run(() => DeliverAsync(work.Webhook, delivery, abort), CancellationToken.None);
            }

            (_nextAt, _mayHaveMore) = (work.NextAt, work.Due.Count == atOnce);
        }
        catch (UnavailableException)
        {
            await Task.Delay(s_afterOutage, clock, stop);
        }

        return true;
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] others = _underWay.Count < atOnce ? [Volatile.Read(ref _woken).Task, SleepAsync(_nextAt - clock.GetUtcNow(), enough.Token)] : []; // else only an end matters
        await Task.WhenAny([.. _underWay.Values, .. others]).WaitAsync(stop);
        await enough.CancelAsync();
    }

    private Task SleepAsync(TimeSpan? time, CancellationToken enough) =>
        Task.Delay(time < s_longestSleep ? time > TimeSpan.Zero ? time.Value : TimeSpan.Zero : s_longestSleep, clock, enough);

    /// <returns>When it is tried again; null where it was delivered or given up.</returns>
    private async Task<DateTimeOffset?> DeliverAsync(StoredWebhook webhook, WebhookDelivery delivery, CancellationToken abort)
    {
        var attempt = await sender.SendAsync(webhook, delivery, abort);
        var now = clock.GetUtcNow();
        DateTimeOffset? nextAt = attempt.Succeeded ? null : now + WebhookSchedule.PauseAfter(delivery.Attempts + 1, attempt.RetryAfter);
        var disabled = new AuditEntry
        {
            Account = webhook.Tenant.Account,
            At = now,
            Actor = "vault",
            Action = "webhook disabled",
            Subject = ids.IdOf(webhook.Tenant.Environment, webhook.RecordId),
            Detail = "Nothing could be delivered for three days.",
        };
        while (true)
        {
            try
            {
                await store.RecordAsync(webhook, delivery, attempt, nextAt, now - WebhookSchedule.DisabledAfter, disabled);
                return nextAt;
            }
            catch (UnavailableException)
            {
                await Task.Delay(s_afterOutage, clock, abort);
            }
        }
    }
}
