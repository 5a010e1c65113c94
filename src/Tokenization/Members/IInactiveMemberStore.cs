using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Disables members who have been inactive for too long.</summary>
internal interface IInactiveMemberStore
{
    /// <summary>Disables every member of any account, including the last owner, who has not signed in, joined or been enabled after an instant.</summary>
    /// <param name="lastSeen">The instant.</param>
    /// <param name="entry">Creates the audit entry for each disabled member.</param>
    Task DisableAsync(DateTimeOffset lastSeen, Func<AccountId, MemberId, AuditEntry> entry);
}
