using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Access;

/// <summary>Names a member.</summary>
/// <param name="Value">Our own number for it.</param>
public readonly record struct MemberId(long Value)
{
    /// <summary>Their name in records of events and in the audit trail, as who did something and as whom it was done to.</summary>
    public string Actor => $"member:{Value}";
}

/// <summary>Names a session of a member; not what opens it.</summary>
/// <param name="Value">Our own number for it.</param>
public readonly record struct SessionId(long Value);

/// <summary>
/// A member as they are now, with a session that is alive now. Asked for anew for every call, so that anyone who is disabled, moved
/// to another role or idle too long is so at once.
/// </summary>
/// <param name="Id">Who.</param>
/// <param name="Account">The account whose member they are, and the only one whose data they reach.</param>
/// <param name="Email">Their address, as they wrote it.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Session">By which session.</param>
/// <param name="ConfirmedAt">When they last proved who they are, with both factors.</param>
/// <param name="Address">From where.</param>
public sealed record SignedInMember(
    MemberId Id, AccountId Account, string Email, string Name, MemberRole Role, SessionId Session, DateTimeOffset ConfirmedAt, IPAddress? Address)
{
    /// <summary>The name of the time zone that the member chose; null for that of the browser.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Their name in records of events and in the audit trail.</summary>
    public string Actor => Id.Actor;
}
