using System.Net;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>The sessions of members, by the rules of this portal: what is idle, and what is too old.</summary>
internal sealed class MemberSessions(ISessionStore store, IOptions<MemberOptions> options, TimeProvider clock)
{
    /// <summary>A day's work: then the member signs in again, whatever he does.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    public TimeSpan IdleTimeout => options.Value.IdleTimeout;

    /// <summary>The instant since which a session must have had input to be alive.</summary>
    public DateTimeOffset IdleSince => clock.GetUtcNow() - IdleTimeout;

    /// <summary>The member to whom the secret of a session belongs, as he is now; null when the session is over.</summary>
    public async Task<SignedInMember?> FindAsync(OpaqueSecret secret, IPAddress? address, CancellationToken ct)
    {
        if (await store.FindAsync(secret, clock.GetUtcNow(), IdleSince, ct) is not { } found)
        {
            return null;
        }

        var (member, session) = found;
        return new SignedInMember(member.Id, member.Account, member.Email, member.Name, member.Role, session.Id, session.ConfirmedAt, address);
    }

    /// <summary>How long a session has left if nothing is done in it; null when it is over.</summary>
    public async Task<TimeSpan?> TimeLeftAsync(OpaqueSecret secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await store.FindAsync(secret, now, IdleSince, ct) is not { } found)
        {
            return null;
        }

        var session = found.Session;
        var idleAt = session.LastInputAt + IdleTimeout;
        return (idleAt < session.EndsAt ? idleAt : session.EndsAt) - now;
    }
}
