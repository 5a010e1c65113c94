using System.Collections.Frozen;
using Dojo.Pci.Tokenization.Results;
using static Dojo.Pci.Tokenization.Access.MemberRole;

namespace Dojo.Pci.Tokenization.Access;

/// <summary>
/// Says which roles may do which operations. Pages, their events and the services all use this one table (PCI DSS 7.2.1, 7.3.3). An
/// operation that is not in it is refused.
/// </summary>
public static class RoleTable
{
    /// <summary>How long after a full sign-in, or a confirmation with both factors, sensitive operations are allowed (PCI DSS 8.3.3).</summary>
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

    /// <summary>Checks whether a role may do an operation.</summary>
    public static bool Allows(MemberRole role, Operation operation) => s_allowed.TryGetValue(operation, out var roles) && roles.Contains(role);

    /// <summary>Checks whether an operation requires a member who has recently confirmed their identity.</summary>
    public static bool IsSensitive(Operation operation) => s_sensitive.Contains(operation);

    /// <summary>Returns the operation that a member must be allowed to do to give a role.</summary>
    public static Operation ToGive(MemberRole role) => role == Owner ? Operation.ManageOwners : Operation.ManageMembers;

    /// <summary>
    /// Returns the reason to refuse an operation, or null. Every service that acts for a member calls this first. A member who may do a
    /// sensitive operation, but signed in too long ago, is asked to confirm (<see cref="Refusal.Unconfirmed"/>).
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
