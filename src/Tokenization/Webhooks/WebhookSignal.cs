using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Tells the dispatcher for which subscriptions something has been queued. It is told within the transaction, before the commit; so what it leads to
/// has to be asked of the writer, whose turn comes after (<see cref="IWebhookDeliveryStore.TakeAsync"/>). A false alarm costs one question.
/// </summary>
internal sealed class WebhookSignal
{
    // In place of a subscription, for other nodes: none has this number.
    private const long Packed = 0;

    private readonly ConcurrentDictionary<long, bool> _noted = new();
    private readonly Channel<long> _subscriptions = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<bool> _packed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly NodeMessages _messages;

    public WebhookSignal(NodeMessages messages)
    {
        _messages = messages;
        messages.Hear(NodeTopic.Delivery, message => TakeOfOthers(message.Id));
        messages.Hear(NodeTopic.SubscriptionChange, message => TakeChange(message.Id));
    }

    /// <summary>Something may wait for a subscription. Never waits; costs nothing where it was noted and not taken yet.</summary>
    public void Note(long subscription)
    {
        Take(subscription);
        if (_messages.HasListeners)
        {
            _messages.Send(new NodeMessage(NodeTopic.Delivery) { Id = subscription });
        }
    }

    /// <summary>Events were left packed. Never waits.</summary>
    public void NotePacked()
    {
        NotePackedHere();
        if (_messages.HasListeners)
        {
            _messages.Send(new NodeMessage(NodeTopic.Delivery) { Id = Packed });
        }
    }

    /// <summary>Events may have been left packed, and the other nodes need not know.</summary>
    public void NotePackedHere() => _packed.Writer.TryWrite(true);

    /// <summary>Waits until events may have been left packed.</summary>
    public async Task PackedAsync(CancellationToken ct) => await _packed.Reader.ReadAsync(ct);

    /// <summary>A subscription may have changed, its secrets included: what counts for what waits, and for what was taken and not sent yet.</summary>
    public void NoteChange(long subscription)
    {
        TakeChange(subscription);
        _messages.Send(new NodeMessage(NodeTopic.SubscriptionChange) { Id = subscription });
    }

    /// <summary>The next subscription that was noted, and whether it may have changed. It stays noted until <see cref="Settle"/>.</summary>
    public async ValueTask<(long Subscription, bool IsChanged)> TakeAsync(CancellationToken ct)
    {
        var subscription = await _subscriptions.Reader.ReadAsync(ct);
        return (subscription, _noted.TryUpdate(subscription, newValue: false, comparisonValue: true));
    }

    /// <summary>It is about to be asked what waits for a subscription: what is queued from now on is noted anew. Until then thousands of events are one note.</summary>
    public void Settle(long subscription) => _noted.TryRemove(subscription, out _);

    /// <summary>Nothing is noted any more: for a node that begins to deliver, and looks for all that waits.</summary>
    public void Clear() => _noted.Clear();

    /// <summary>Something waits for a subscription, and the other nodes need not know.</summary>
    public void NoteHere(long subscription) => Take(subscription);

    private void TakeOfOthers(long id)
    {
        if (id == Packed)
        {
            NotePackedHere();
        }
        else
        {
            Take(id);
        }
    }

    private void Take(long subscription)
    {
        if (_noted.TryAdd(subscription, false))
        {
            _subscriptions.Writer.TryWrite(subscription);
        }
    }

    private void TakeChange(long subscription)
    {
        _noted[subscription] = true;
        _subscriptions.Writer.TryWrite(subscription);
    }
}
