using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Applies the portal's rules to the sessions of members: how long they may be idle, and how long they last.</summary>
internal sealed class MemberSessions(ISessionStore store, IOptions<MemberOptions> options, TimeProvider clock)
{
    /// <summary>The absolute limit of a session, about a working day: then the member signs in again, even if active.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    private static readonly TimeSpan s_longestWarning = TimeSpan.FromMinutes(2);

    public TimeSpan IdleTimeout => options.Value.IdleTimeout;

    /// <summary>A session without input since this instant is over.</summary>
    public DateTimeOffset IdleSince => clock.GetUtcNow() - IdleTimeout;

    /// <summary>Finds the current state of the member to whom a session's secret belongs; null if the session is over.</summary>
    public async Task<SignedInMember?> FindAsync(OpaqueSecret secret, IPAddress? address, CancellationToken ct)
    {
        if (await store.FindAsync(secret, clock.GetUtcNow(), IdleSince, ct) is not { } found)
        {
            return null;
        }

        var (member, session) = found;
        return new SignedInMember(member.Id, member.Account, member.Email, member.Name, member.Role, session.Id, session.ConfirmedAt, address) { TimeZone = member.TimeZone };
    }

    /// <summary>How long before its end a member is warned: two minutes, or half of the idle timeout if that is shorter.</summary>
    public TimeSpan WarnBefore => IdleTimeout / 2 < s_longestWarning ? IdleTimeout / 2 : s_longestWarning;

    /// <summary>Finds why the session of a secret is over; null if it is not over, or there was none.</summary>
    public Task<SessionEnd?> FindEndAsync(OpaqueSecret secret, CancellationToken ct) => store.FindEndAsync(secret, clock.GetUtcNow(), IdleTimeout, ct);

    /// <summary>Finds how long a session has left; null if it is over.</summary>
    public async Task<SessionTime?> TimeLeftAsync(OpaqueSecret secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await store.FindAsync(secret, now, IdleSince, ct) is not { } found)
        {
            return null;
        }

        var session = found.Session;
        var idleAt = session.LastInputAt + IdleTimeout;
        return idleAt < session.EndsAt ? new SessionTime(idleAt - now, CanBeExtended: true) : new SessionTime(session.EndsAt - now, CanBeExtended: false);
    }
}

/// <summary>How long a session has left.</summary>
/// <param name="Left">The time until it ends without further input.</param>
/// <param name="CanBeExtended">Whether input extends it; false once its absolute limit comes first.</param>
internal sealed record SessionTime(TimeSpan Left, bool CanBeExtended);
