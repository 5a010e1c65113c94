using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Passes the changes that the stores of all nodes have committed to the followers of a tenant's tokens.</summary>
internal sealed class TokenFeed(NodeMessages messages) : Feed<Tenant, TokenSubscription>(messages, NodeTopic.Token)
{
    /// <summary>Publishes a change. Call it after the commit. It never waits for a follower.</summary>
    public void Publish(Tenant tenant, long recordId, bool isNew = false)
    {
        Tell(tenant, recordId, isNew);
        if (Messages.HasListeners)
        {
            Messages.Send(tenant.About(NodeTopic.Token) with { Id = recordId, IsNew = isNew });
        }
    }

    /// <summary>Follows a tenant's tokens from now on.</summary>
    public TokenSubscription Follow(Tenant tenant, SetupIntentIds ids) =>
        Add(tenant, new TokenSubscription(recordId => ids.TokenOf(tenant.Environment, recordId), ended => Remove(tenant, ended)));

    /// <inheritdoc/>
    protected override void Tell(NodeMessage message) => Tell(message.GetTenant(), message.Id, message.IsNew);

    /// <inheritdoc/>
    protected override void NoteMore(TokenSubscription follower) => follower.NoteMore();

    private void Tell(Tenant tenant, long recordId, bool isNew)
    {
        foreach (var follower in FollowersOf(tenant))
        {
            follower.Note(recordId, isNew);
        }
    }
}
