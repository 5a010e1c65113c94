using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Tells those who look at a subscription that something of it has changed. Without followers it costs a look into a table.</summary>
internal sealed class WebhookFeed
{
    private readonly ConcurrentDictionary<long, WebhookFollower[]> _followers = new();
    private readonly NodeMessages _messages;

    public WebhookFeed(NodeMessages messages)
    {
        _messages = messages;
        messages.Hear(NodeTopic.Subscription, message => Tell(message.Id));
        messages.Hear(NodeTopic.Missed, _ => TellAll());
    }

    /// <summary>To be called after the commit. Never waits for a follower.</summary>
    public void Publish(long subscription)
    {
        Tell(subscription);
        _messages.Send(new NodeMessage(NodeTopic.Subscription) { Id = subscription });
    }

    public WebhookFollower Follow(long subscription)
    {
        var follower = new WebhookFollower(ended => Leave(subscription, ended));
        _followers.AddOrUpdate(subscription, _ => [follower], (_, followers) => [.. followers, follower]);
        return follower;
    }

    private void Tell(long subscription) => Array.ForEach(_followers.GetValueOrDefault(subscription) ?? [], follower => follower.Note());

    private void TellAll() => Array.ForEach([.. _followers.Keys], Tell);

    // Anyone who comes at the same moment finds the empty list, or makes a new one: none gets lost.
    private void Leave(long subscription, WebhookFollower ended) =>
        _followers.AddOrUpdate(subscription, _ => [], (_, followers) => Array.FindAll(followers, follower => follower != ended));
}

/// <summary>Follows a subscription: that something was queued for it, or an attempt was made. For one reader at a time.</summary>
public sealed class WebhookFollower : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<WebhookFollower> _end;

    internal WebhookFollower(Action<WebhookFollower> end) => _end = end;

    /// <summary>Waits until something has changed since it was asked last, or since it began.</summary>
    /// <exception cref="ChannelClosedException">It has ended.</exception>
    public async Task WaitAsync(CancellationToken ct) => await _signal.Reader.ReadAsync(ct);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _end(this);
        _signal.Writer.TryComplete();
    }

    internal void Note() => _signal.Writer.TryWrite(true);
}
