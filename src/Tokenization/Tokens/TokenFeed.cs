using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Hands what the stores of all nodes have committed to those who follow it. Without followers, it costs a look into a table.</summary>
internal sealed class TokenFeed
{
    private readonly NodeMessages _messages;

    private readonly ConcurrentDictionary<Tenant, TokenSubscription[]> _followers = new();

    public TokenFeed(NodeMessages messages)
    {
        _messages = messages;
        messages.Hear(NodeTopic.Token, message => Tell(message.GetTenant(), message.Id, message.IsNew));
        messages.Hear(NodeTopic.Missed, _ => TellOfMore());
    }

    /// <summary>To be called after the commit. Never waits for a follower.</summary>
    public void Publish(Tenant tenant, long recordId, bool isNew = false)
    {
        Tell(tenant, recordId, isNew);
        if (_messages.HasListeners)
        {
            _messages.Send(tenant.About(NodeTopic.Token) with { Id = recordId, IsNew = isNew });
        }
    }

    public TokenSubscription Follow(Tenant tenant, SetupIntentIds ids)
    {
        var subscription = new TokenSubscription(recordId => ids.TokenOf(tenant.Environment, recordId), ended => Leave(tenant, ended));
        _followers.AddOrUpdate(tenant, _ => [subscription], (_, followers) => [.. followers, subscription]);
        return subscription;
    }

    private void Tell(Tenant tenant, long recordId, bool isNew)
    {
        if (_followers.TryGetValue(tenant, out var followers))
        {
            foreach (var follower in followers)
            {
                follower.Note(recordId, isNew);
            }
        }
    }

    private void TellOfMore()
    {
        foreach (var follower in _followers.Values.SelectMany(followers => followers))
        {
            follower.NoteMore();
        }
    }

    // Anyone who comes at the same moment finds the empty list, or makes a new one: none gets lost.
    private void Leave(Tenant tenant, TokenSubscription ended) =>
        _followers.AddOrUpdate(tenant, _ => [], (_, followers) => Array.FindAll(followers, follower => follower != ended));
}
