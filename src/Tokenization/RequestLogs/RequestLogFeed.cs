using System.Collections.Concurrent;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Tells those who follow a tenant's log that something was stored, by this node or another. Without followers, it costs a look into a table.</summary>
internal sealed class RequestLogFeed
{
    private readonly ConcurrentDictionary<Tenant, RequestLogSubscription[]> _followers = new();
    private readonly NodeMessages _messages;

    public RequestLogFeed(NodeMessages messages)
    {
        _messages = messages;
        messages.Hear(NodeTopic.RequestLog, message => Tell(message.GetTenant()));
        messages.Hear(NodeTopic.Missed, _ => TellAll());
    }

    /// <summary>To be called after the commit. Never waits for a follower.</summary>
    public void Publish(Tenant tenant)
    {
        Tell(tenant);
        _messages.Send(tenant.About(NodeTopic.RequestLog));
    }

    public RequestLogSubscription Follow(Tenant tenant)
    {
        var subscription = new RequestLogSubscription(ended => Leave(tenant, ended));
        _followers.AddOrUpdate(tenant, _ => [subscription], (_, followers) => [.. followers, subscription]);
        return subscription;
    }

    private void Tell(Tenant tenant) => Array.ForEach(_followers.GetValueOrDefault(tenant) ?? [], follower => follower.Note());

    private void TellAll() => Array.ForEach([.. _followers.Keys], Tell);

    // Anyone who comes at the same moment finds the empty list, or makes a new one: none gets lost.
    private void Leave(Tenant tenant, RequestLogSubscription ended) =>
        _followers.AddOrUpdate(tenant, _ => [], (_, followers) => Array.FindAll(followers, follower => follower != ended));
}

/// <summary>
/// A follower of a tenant's log. It hears that there is something new and asks for it: at a thousand requests a second nobody reads each of
/// them, and one who is slow hears less often rather than more late. For one reader at a time.
/// </summary>
public sealed class RequestLogSubscription : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<RequestLogSubscription> _end;

    internal RequestLogSubscription(Action<RequestLogSubscription> end) => _end = end;

    /// <summary>Waits until something was stored since the last time.</summary>
    /// <exception cref="ChannelClosedException">The subscription has ended.</exception>
    public async Task WaitAsync(CancellationToken ct) => await _signal.Reader.ReadAsync(ct);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _end(this);
        _signal.Writer.TryComplete();
    }

    internal void Note() => _signal.Writer.TryWrite(true);
}
