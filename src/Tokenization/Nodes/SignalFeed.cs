using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>A feed that signals to its followers that something has happened; they read it themselves.</summary>
/// <typeparam name="TSubject">The type of the subject, such as a tenant.</typeparam>
internal abstract class SignalFeed<TSubject>(NodeMessages messages, NodeTopic topic) : Feed<TSubject, FeedSubscription>(messages, topic)
    where TSubject : notnull
{
    /// <summary>Follows a subject from now on.</summary>
    public FeedSubscription Follow(TSubject subject) => Add(subject, new FeedSubscription(ended => Remove(subject, ended)));

    /// <summary>Signals that something has happened to a subject. Call this after the commit. It never waits for a follower.</summary>
    public void Publish(TSubject subject)
    {
        Signal(subject);
        Messages.Send(MessageAbout(subject));
    }

    /// <summary>Creates the message that tells other nodes about a subject.</summary>
    protected abstract NodeMessage MessageAbout(TSubject subject);

    /// <summary>Returns the subject of such a message.</summary>
    protected abstract TSubject SubjectOf(NodeMessage message);

    /// <inheritdoc/>
    protected sealed override void Tell(NodeMessage message) => Signal(SubjectOf(message));

    /// <inheritdoc/>
    protected sealed override void NoteMore(FeedSubscription follower) => follower.Note();

    private void Signal(TSubject subject) => Array.ForEach(FollowersOf(subject), follower => follower.Note());
}

/// <summary>
/// Signals to a reader that there is something new, which the reader then reads itself. Signals are merged, so a slow reader gets fewer of them rather
/// than late ones. For one reader at a time.
/// </summary>
public sealed class FeedSubscription : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<FeedSubscription> _end;

    internal FeedSubscription(Action<FeedSubscription> end) => _end = end;

    /// <summary>Waits until something has happened since the last call, or since the subscription began.</summary>
    /// <exception cref="ChannelClosedException">The subscription has ended.</exception>
    public async Task WaitAsync(CancellationToken ct) => await _signal.Reader.ReadAsync(ct);

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _end(this);
        _signal.Writer.TryComplete();
    }

    internal void Note() => _signal.Writer.TryWrite(true);
}
