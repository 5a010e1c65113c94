using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Writes what a member does into the trail of their account.</summary>
internal static class MemberEntries
{
    /// <summary>An entry of something that a member does.</summary>
    public static AuditEntry Entry(this SignedInMember who, DateTimeOffset at, string action, string subject, string detail = "") => new()
    {
        Account = who.Account,
        At = at,
        Actor = who.Actor,
        Action = action,
        Subject = subject,
        Detail = detail,
        Address = who.Address,
    };
}
