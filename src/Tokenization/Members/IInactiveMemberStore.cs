using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>The members who stay away.</summary>
internal interface IInactiveMemberStore
{
    /// <summary>Disables every member of any account, the last owner too, who neither signed in nor joined nor was enabled after an instant.</summary>
    /// <param name="lastSeen">The instant.</param>
    /// <param name="entry">What the trail says of each.</param>
    Task DisableAsync(DateTimeOffset lastSeen, Func<AccountId, MemberId, AuditEntry> entry);
}
