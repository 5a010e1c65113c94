using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>The sessions of members. A cookie opens nothing that is not alive here.</summary>
public interface ISessionStore
{
    /// <summary>Begins a session after both factors, and forgets the failures before.</summary>
    /// <returns>Its secret; null when the member's password is no longer that of <paramref name="member"/>, or the member is disabled.</returns>
    Task<OpaqueSecret?> BeginAsync(Member member, DateTimeOffset now, DateTimeOffset endsAt, IPAddress? address, string userAgent, AuditEntry entry);

    /// <summary>
    /// Notes that the member of a session has shown both factors again, and forgets the failures before. The session gets another
    /// secret: anyone who has copied the old one gains nothing by it.
    /// </summary>
    /// <returns>The new secret; null when the session is over, or the member's password is no longer that of <paramref name="member"/>.</returns>
    Task<OpaqueSecret?> ConfirmAsync(Member member, SessionId session, DateTimeOffset now, AuditEntry entry);

    /// <summary>The session that a secret opens, with its member; null when it is over, idle since before <paramref name="idleSince"/>, or the member was disabled.</summary>
    Task<(Member Member, MemberSession Session)?> FindAsync(OpaqueSecret secret, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct);

    /// <summary>Why the session that a secret opened is over; null when it is not, or there was none.</summary>
    Task<SessionEnd?> FindEndAsync(OpaqueSecret secret, DateTimeOffset now, TimeSpan idleTimeout, CancellationToken ct);

    /// <summary>Notes that a member did something.</summary>
    Task RecordInputAsync(SessionId session, DateTimeOffset now);

    /// <summary>A member's sessions that are alive, newest first.</summary>
    Task<IReadOnlyList<MemberSession>> ListAsync(MemberId member, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct);

    /// <summary>Ends a session of a member.</summary>
    Task EndAsync(MemberId member, SessionId session, DateTimeOffset now, AuditEntry entry);

    /// <summary>Ends every session of a member but one.</summary>
    Task EndOthersAsync(MemberId member, SessionId except, DateTimeOffset now, AuditEntry entry);
}
