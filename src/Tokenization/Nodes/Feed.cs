using System.Collections.Concurrent;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Tells those who follow something what was committed about it, by this node or another. Without followers, it costs a look into a table.</summary>
/// <typeparam name="TSubject">What is followed, such as a tenant.</typeparam>
/// <typeparam name="TFollower">What a follower holds.</typeparam>
internal abstract class Feed<TSubject, TFollower>
    where TSubject : notnull
    where TFollower : class
{
    private readonly ConcurrentDictionary<TSubject, TFollower[]> _followers = new();

    /// <param name="messages">What the nodes tell each other.</param>
    /// <param name="topic">Which messages are about what is followed here.</param>
    protected Feed(NodeMessages messages, NodeTopic topic)
    {
        Messages = messages;
        messages.Hear(topic, Tell);
        messages.Hear(NodeTopic.Missed, _ => TellAllOfMore());
    }

    /// <summary>Takes what the other nodes are to hear.</summary>
    protected NodeMessages Messages { get; }

    /// <summary>Tells the followers of its subject what another node has committed.</summary>
    protected abstract void Tell(NodeMessage message);

    /// <summary>Tells a follower that something has happened, and nobody knows what.</summary>
    protected abstract void NoteMore(TFollower follower);

    /// <summary>Those who follow a subject now.</summary>
    protected TFollower[] FollowersOf(TSubject subject) => _followers.GetValueOrDefault(subject) ?? [];

    /// <summary>Adds a follower, which hears of everything from now on.</summary>
    protected TFollower Add(TSubject subject, TFollower follower)
    {
        _followers.AddOrUpdate(subject, _ => [follower], (_, followers) => [.. followers, follower]);
        return follower;
    }

    /// <summary>Removes a follower. One that comes at the same moment finds the empty list, or makes a new one: none gets lost.</summary>
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
