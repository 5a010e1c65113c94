using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Tells the dispatcher which subscriptions have newly queued events. A note is made within the transaction, before the commit, so the dispatcher has to ask
/// through the writer, which runs after that transaction (<see cref="IWebhookDeliveryStore.TakeAsync"/>). A false alarm costs one query.
/// </summary>
internal sealed class WebhookSignal
{
    // Sent to other nodes in place of a subscription's id. No subscription has this id.
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

    /// <summary>Notes that events may wait for a subscription. Never waits, and queues nothing while the subscription is noted already.</summary>
    public void Note(long subscription)
    {
        Take(subscription);
        if (_messages.HasListeners)
        {
            _messages.Send(new NodeMessage(NodeTopic.Delivery) { Id = subscription });
        }
    }

    /// <summary>Notes that events were left packed. Never waits.</summary>
    public void NotePacked()
    {
        NotePackedHere();
        if (_messages.HasListeners)
        {
            _messages.Send(new NodeMessage(NodeTopic.Delivery) { Id = Packed });
        }
    }

    /// <summary>Notes that events may have been left packed, without telling the other nodes.</summary>
    public void NotePackedHere() => _packed.Writer.TryWrite(true);

    /// <summary>Waits until events may have been left packed.</summary>
    public async Task PackedAsync(CancellationToken ct) => await _packed.Reader.ReadAsync(ct);

    /// <summary>Notes that a subscription, its secrets included, may have changed. This affects waiting events as well as those claimed and not sent yet.</summary>
    public void NoteChange(long subscription)
    {
        TakeChange(subscription);
        _messages.Send(new NodeMessage(NodeTopic.SubscriptionChange) { Id = subscription });
    }

    /// <summary>Waits for the next noted subscription, and returns whether it may have changed. It stays noted until <see cref="Settle"/>.</summary>
    public async ValueTask<(long Subscription, bool IsChanged)> TakeAsync(CancellationToken ct)
    {
        var subscription = await _subscriptions.Reader.ReadAsync(ct);
        return (subscription, _noted.TryUpdate(subscription, newValue: false, comparisonValue: true));
    }

    /// <summary>
    /// Clears the note of a subscription. To be called just before asking the store for its work, so that later events are noted again. Until then they all
    /// share one note.
    /// </summary>
    public void Settle(long subscription) => _noted.TryRemove(subscription, out _);

    /// <summary>Clears all notes, for a node that begins to deliver and lists everything that waits.</summary>
    public void Clear() => _noted.Clear();

    /// <summary>Notes that events wait for a subscription, without telling the other nodes.</summary>
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
