using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Tells the dispatcher for which subscriptions something has been queued. It is told within the transaction, before the commit; so what it leads to
/// has to be asked of the writer, whose turn comes after (<see cref="IWebhookDeliveryStore.TakeAsync"/>). A false alarm costs one question.
/// </summary>
internal sealed class WebhookSignal
{
    private readonly ConcurrentDictionary<long, byte> _noted = new();
    private readonly Channel<long> _subscriptions = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Something may wait for a subscription. Never waits; costs nothing where it was noted and not taken yet.</summary>
    public void Note(long subscription)
    {
        if (_noted.TryAdd(subscription, 0))
        {
            _subscriptions.Writer.TryWrite(subscription);
        }
    }

    /// <summary>The next subscription that was noted.</summary>
    public async ValueTask<long> TakeAsync(CancellationToken ct)
    {
        var subscription = await _subscriptions.Reader.ReadAsync(ct);
        _noted.TryRemove(subscription, out _);
        return subscription;
    }
}
