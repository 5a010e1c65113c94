using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>A feed whose followers hear that something has happened, and ask for it themselves.</summary>
/// <typeparam name="TSubject">What is followed, such as a tenant.</typeparam>
internal abstract class SignalFeed<TSubject>(NodeMessages messages, NodeTopic topic) : Feed<TSubject, FeedSubscription>(messages, topic)
    where TSubject : notnull
{
    /// <summary>Follows a subject from now on.</summary>
    public FeedSubscription Follow(TSubject subject) => Add(subject, new FeedSubscription(ended => Remove(subject, ended)));

    /// <summary>To be called after the commit. Never waits for a follower.</summary>
    public void Publish(TSubject subject)
    {
        Signal(subject);
        Messages.Send(MessageAbout(subject));
    }

    /// <summary>The message that tells other nodes of it.</summary>
    protected abstract NodeMessage MessageAbout(TSubject subject);

    /// <summary>What such a message is about.</summary>
    protected abstract TSubject SubjectOf(NodeMessage message);

    /// <inheritdoc/>
    protected sealed override void Tell(NodeMessage message) => Signal(SubjectOf(message));

    /// <inheritdoc/>
    protected sealed override void NoteMore(FeedSubscription follower) => follower.Note();

    private void Signal(TSubject subject) => Array.ForEach(FollowersOf(subject), follower => follower.Note());
}

/// <summary>
/// Hears that there is something new, and leaves it to its reader to ask for it: one who is slow hears less often rather than more late. For one
/// reader at a time.
/// </summary>
public sealed class FeedSubscription : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<FeedSubscription> _end;

    internal FeedSubscription(Action<FeedSubscription> end) => _end = end;

    /// <summary>Waits until something has happened since it was asked last, or since it began.</summary>
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
