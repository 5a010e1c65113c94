using System.Collections.Concurrent;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>
/// Notifies the followers of a subject of what this node or another has committed about it. Without followers, a notification costs one dictionary
/// lookup.
/// </summary>
/// <typeparam name="TSubject">The type of the subject, such as a tenant.</typeparam>
/// <typeparam name="TFollower">The type of a follower.</typeparam>
internal abstract class Feed<TSubject, TFollower>
    where TSubject : notnull
    where TFollower : class
{
    private readonly ConcurrentDictionary<TSubject, TFollower[]> _followers = new();

    /// <param name="messages">The messages between nodes.</param>
    /// <param name="topic">The topic of the messages about the subjects of this feed.</param>
    protected Feed(NodeMessages messages, NodeTopic topic)
    {
        Messages = messages;
        messages.Hear(topic, Tell);
        messages.Hear(NodeTopic.Missed, _ => TellAllOfMore());
    }

    /// <summary>The messages between nodes, through which a feed notifies the other nodes.</summary>
    protected NodeMessages Messages { get; }

    /// <summary>Notifies the followers of the message's subject of what another node has committed.</summary>
    protected abstract void Tell(NodeMessage message);

    /// <summary>Notifies a follower that it may have missed something.</summary>
    protected abstract void NoteMore(TFollower follower);

    /// <summary>Returns the current followers of a subject.</summary>
    protected TFollower[] FollowersOf(TSubject subject) => _followers.GetValueOrDefault(subject) ?? [];

    /// <summary>Adds a follower, which is notified of everything from now on.</summary>
    protected TFollower Add(TSubject subject, TFollower follower)
    {
        _followers.AddOrUpdate(subject, _ => [follower], (_, followers) => [.. followers, follower]);
        return follower;
    }

    /// <summary>Removes a follower. The list stays, even when it is empty, so that a follower that is added at the same time is not lost.</summary>
    protected void Remove(TSubject subject, TFollower ended) =>
        _followers.AddOrUpdate(subject, _ => [], (_, followers) => Array.FindAll(followers, follower => follower != ended));

    private void TellAllOfMore()
    {
        foreach (var follower in _followers.Values.SelectMany(followers => followers))
        {
            NoteMore(follower);
        }
    }
}
