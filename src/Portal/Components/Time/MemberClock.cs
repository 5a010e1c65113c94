using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>
/// The time zone of the reader of a page: the one that the member chose, otherwise that of the browser, otherwise UTC. It comes from the request or
/// the circuit, without a database query; a circuit keeps the zone that it started with.
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

/// <summary>Provides the time zone in which a page writes its times, and the current time.</summary>
public interface IMemberClock
{
    /// <summary>The current time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Returns the reader's time zone. Completes at once within a circuit, so that a component can await it without rendering twice.</summary>
    ValueTask<ZonedTime> GetAsync();
}
