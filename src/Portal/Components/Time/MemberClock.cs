using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>
/// The time zone of the reader of a page: the one that the member chose, else that of the browser, else UTC. It is known from the
/// request or the circuit, without asking the database; a circuit keeps the zone that it began with.
/// </summary>
internal sealed class MemberClock(PageRequest page, AuthenticationStateProvider circuit, TimeProvider clock) : IMemberClock
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async ValueTask<ZonedTime> GetAsync()
    {
        var user = page.Context is { } request ? request.User : (await circuit.GetAuthenticationStateAsync()).User;
        return TimeZones.TryFind(MemberPrincipal.TimeZoneOf(user), out var zone) ? new ZonedTime(zone) : ZonedTime.Utc;
    }
}

/// <summary>In which time zone a page writes its times, and what time it is.</summary>
public interface IMemberClock
{
    /// <summary>The present instant.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The zone of the reader. Answers at once within a circuit, so that a component can await it without being drawn twice.</summary>
    ValueTask<ZonedTime> GetAsync();
}
