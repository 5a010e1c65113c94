using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Access;

/// <summary>Identifies a member.</summary>
/// <param name="Value">The internal number.</param>
public readonly record struct MemberId(long Value)
{
    /// <summary>The member's name in histories and in the audit trail, both as actor and as subject.</summary>
    public string Actor => $"member:{Value}";
}

/// <summary>Identifies a session of a member; it is not the secret that opens it.</summary>
/// <param name="Value">The internal number.</param>
public readonly record struct SessionId(long Value);

/// <summary>
/// The current state of a member with a valid session. It is read again for every call, so that disabling a member, changing their
/// role or the session's idle timeout takes effect at once.
/// </summary>
/// <param name="Id">The member.</param>
/// <param name="Account">The member's account, and the only one whose data they can use.</param>
/// <param name="Email">Their email address, as they wrote it.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">Their role.</param>
/// <param name="Session">Their session.</param>
/// <param name="ConfirmedAt">When they last confirmed their identity with both factors.</param>
/// <param name="Address">The address from which they act.</param>
public sealed record SignedInMember(
    MemberId Id, AccountId Account, string Email, string Name, MemberRole Role, SessionId Session, DateTimeOffset ConfirmedAt, IPAddress? Address)
{
    /// <summary>The name of the time zone that the member chose; null for the browser's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The member's name in histories and in the audit trail.</summary>
    public string Actor => Id.Actor;
}
