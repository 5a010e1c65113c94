using System.Collections.Frozen;
using Dojo.Pci.Tokenization.Results;
using static Dojo.Pci.Tokenization.Access.MemberRole;

namespace Dojo.Pci.Tokenization.Access;

/// <summary>
/// Who may do what: the one table that pages, their events and the services ask (PCI DSS 7.2.1, 7.3.3). What is not in it is
/// refused.
/// </summary>
public static class RoleTable
{
    /// <summary>How long after a full sign-in, or a confirmation with both factors, sensitive operations are taken (PCI DSS 8.3.3).</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private static readonly FrozenDictionary<Operation, FrozenSet<MemberRole>> s_allowed = new Dictionary<Operation, MemberRole[]>
    {
        [Operation.ViewMetrics] = [Owner, Admin, Developer, Viewer, Auditor],
        [Operation.BrowseTokens] = [Owner, Admin, Developer, Viewer],
        [Operation.ExportTokens] = [Owner, Admin, Developer, Viewer],
        [Operation.EndTokens] = [Owner, Admin, Developer],
        [Operation.CreateTestTokens] = [Owner, Admin, Developer],
        [Operation.ManageSandbox] = [Owner, Admin, Developer],
        [Operation.ViewApiKeys] = [Owner, Admin, Developer, Auditor],
        [Operation.ManageSandboxApiKeys] = [Owner, Admin, Developer],
        [Operation.ManageProductionApiKeys] = [Owner, Admin, Developer],
        [Operation.ViewWebhooks] = [Owner, Admin, Developer, Auditor],
        [Operation.ManageSandboxWebhooks] = [Owner, Admin, Developer],
        [Operation.ManageProductionWebhooks] = [Owner, Admin, Developer],
        [Operation.RevealWebhookSecrets] = [Owner, Admin, Developer],
        [Operation.ViewMembers] = [Owner, Admin, Auditor],
        [Operation.ManageMembers] = [Owner, Admin],
        [Operation.ManageOwners] = [Owner],
        [Operation.ViewSettings] = [Owner, Admin, Developer, Auditor],
        [Operation.ManageSettings] = [Owner, Admin],
        [Operation.ViewActivity] = [Owner, Admin, Auditor],
        [Operation.ViewRequestLogs] = [Owner, Admin, Developer],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    private static readonly FrozenSet<Operation> s_sensitive =
        new[] { Operation.ManageProductionApiKeys, Operation.ManageProductionWebhooks, Operation.RevealWebhookSecrets, Operation.ManageMembers, Operation.ManageOwners }.ToFrozenSet();

    /// <summary>Whether a role may do something at all.</summary>
    public static bool Allows(MemberRole role, Operation operation) => s_allowed.TryGetValue(operation, out var roles) && roles.Contains(role);

    /// <summary>Whether an operation wants a member who has just proved who they are.</summary>
    public static bool IsSensitive(Operation operation) => s_sensitive.Contains(operation);

    /// <summary>What a member must be allowed to give somebody a role.</summary>
    public static Operation ToGive(MemberRole role) => role == Owner ? Operation.ManageOwners : Operation.ManageMembers;

    /// <summary>
    /// To be asked first by every service that acts for a member: why this must not be done, or null. One who may do it, but
    /// signed in too long ago for something sensitive, is asked to confirm (<see cref="Refusal.Unconfirmed"/>).
    /// </summary>
    public static Refusal? Refuse(SignedInMember who, Operation operation, DateTimeOffset now)
    {
        if (!Allows(who.Role, operation))
        {
            return new Refusal.Forbidden("Your role does not allow this.");
        }

        return IsSensitive(operation) && now - who.ConfirmedAt > Freshness
            ? new Refusal.Unconfirmed("Confirm that it is you: you signed in too long ago for this.")
            : null;
    }
}
