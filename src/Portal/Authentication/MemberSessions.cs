using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>The sessions of members, by the rules of this portal: what is idle, and what is too old.</summary>
internal sealed class MemberSessions(ISessionStore store, IOptions<MemberOptions> options, TimeProvider clock)
{
    /// <summary>A day's work: then the member signs in again, no matter what they do.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    private static readonly TimeSpan s_longestWarning = TimeSpan.FromMinutes(2);

    public TimeSpan IdleTimeout => options.Value.IdleTimeout;

    /// <summary>The instant since which a session must have had input to be alive.</summary>
    public DateTimeOffset IdleSince => clock.GetUtcNow() - IdleTimeout;

    /// <summary>The member to whom the secret of a session belongs, as they are now; null when the session is over.</summary>
    public async Task<SignedInMember?> FindAsync(OpaqueSecret secret, IPAddress? address, CancellationToken ct)
    {
        if (await store.FindAsync(secret, clock.GetUtcNow(), IdleSince, ct) is not { } found)
        {
            return null;
        }

        var (member, session) = found;
        return new SignedInMember(member.Id, member.Account, member.Email, member.Name, member.Role, session.Id, session.ConfirmedAt, address) { TimeZone = member.TimeZone };
    }

    /// <summary>Before a session ends, its member is warned so long: two minutes, or half of a shorter idle time.</summary>
    public TimeSpan WarnBefore => IdleTimeout / 2 < s_longestWarning ? IdleTimeout / 2 : s_longestWarning;

    /// <summary>Why the session of a secret is over; null when it is not, or there was none.</summary>
    public Task<SessionEnd?> FindEndAsync(OpaqueSecret secret, CancellationToken ct) => store.FindEndAsync(secret, clock.GetUtcNow(), IdleTimeout, ct);

    /// <summary>How long a session has left; null when it is over.</summary>
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
/// <param name="Left">Until it ends, if nothing is done in it.</param>
/// <param name="CanBeExtended">Whether input extends it; false once its absolute limit comes first.</param>
internal sealed record SessionTime(TimeSpan Left, bool CanBeExtended);
