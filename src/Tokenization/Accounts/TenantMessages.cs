using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Messages between nodes that are about a tenant.</summary>
internal static class TenantMessages
{
    /// <summary>Creates a message about a tenant.</summary>
    public static NodeMessage About(this Tenant tenant, NodeTopic topic) =>
        new(topic) { Account = tenant.Account.Value, Location = tenant.Location.Value, Environment = (int)tenant.Environment };

    /// <summary>Returns the tenant that a message is about.</summary>
    public static Tenant GetTenant(this NodeMessage message) =>
        new(new AccountId(message.Account), new LocationId(message.Location), (TenantEnvironment)message.Environment);
}
