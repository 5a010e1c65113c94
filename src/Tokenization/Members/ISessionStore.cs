using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the sessions of members. A cookie opens a session only while the session is alive here.</summary>
public interface ISessionStore
{
    /// <summary>Begins a session after the member has shown both factors, and resets the count of failures.</summary>
    /// <returns>Its secret; null when the member's password is no longer that of <paramref name="member"/>, or the member is disabled.</returns>
    Task<OpaqueSecret?> BeginAsync(Member member, DateTimeOffset now, DateTimeOffset endsAt, IPAddress? address, string userAgent, AuditEntry entry);

    /// <summary>
    /// Notes that the member of a session has shown both factors again, and resets the count of failures. The session gets a new secret,
    /// so that a copy of the old one is useless.
    /// </summary>
    /// <returns>The new secret; null when the session is over, or the member's password is no longer that of <paramref name="member"/>.</returns>
    Task<OpaqueSecret?> ConfirmAsync(Member member, SessionId session, DateTimeOffset now, AuditEntry entry);

    /// <summary>
    /// Finds the session that a secret opens, with its member; null when it is over, idle since <paramref name="idleSince"/> or earlier, or
    /// the member is disabled.
    /// </summary>
    Task<(Member Member, MemberSession Session)?> FindAsync(OpaqueSecret secret, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct);

    /// <summary>Finds why the session that a secret opened is over; null when it is not over, or there was none.</summary>
    Task<SessionEnd?> FindEndAsync(OpaqueSecret secret, DateTimeOffset now, TimeSpan idleTimeout, CancellationToken ct);

    /// <summary>Records that the member of a session was active.</summary>
    Task RecordInputAsync(SessionId session, DateTimeOffset now);

    /// <summary>Lists a member's live sessions, newest first.</summary>
    Task<IReadOnlyList<MemberSession>> ListAsync(MemberId member, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct);

    /// <summary>Ends a session of a member.</summary>
    Task EndAsync(MemberId member, SessionId session, DateTimeOffset now, AuditEntry entry);

    /// <summary>Ends every session of a member but one.</summary>
    Task EndOthersAsync(MemberId member, SessionId except, DateTimeOffset now, AuditEntry entry);
}
