using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Hands what the stores have committed to those who follow it. Without followers, it costs a look into a table.</summary>
internal sealed class TokenFeed
{
    private readonly ConcurrentDictionary<Tenant, TokenSubscription[]> _followers = new();

    /// <summary>To be called after the commit. Never waits for a follower.</summary>
    public void Publish(Tenant tenant, long recordId, bool isNew = false)
    {
        if (_followers.TryGetValue(tenant, out var followers))
        {
            foreach (var follower in followers)
            {
                follower.Note(recordId, isNew);
            }
        }
    }

    public TokenSubscription Follow(Tenant tenant, SetupIntentIds ids)
    {
        var subscription = new TokenSubscription(recordId => ids.TokenOf(tenant.Environment, recordId), ended => Leave(tenant, ended));
        _followers.AddOrUpdate(tenant, _ => [subscription], (_, followers) => [.. followers, subscription]);
        return subscription;
    }

    // Anyone who comes at the same moment finds the empty list, or makes a new one: none gets lost.
    private void Leave(Tenant tenant, TokenSubscription ended) =>
        _followers.AddOrUpdate(tenant, _ => [], (_, followers) => Array.FindAll(followers, follower => follower != ended));
}
