using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Looks every few seconds whether the session of a circuit is still alive and its role the same. When not, the circuit is
/// nobody's from then on: its page goes, and with it what it showed (PCI DSS 8.2.5, 8.2.8).
/// </summary>
internal sealed class CircuitAuthenticationState(ILoggerFactory logger, MemberSessions sessions) : RevalidatingServerAuthenticationStateProvider(logger)
{
    // Within 5 seconds of the change, with time to spare.
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        MemberPrincipal.SecretOf(authenticationState.User) is { } secret
        && await sessions.FindAsync(secret, address: null, cancellationToken) is { } member
        && member.Role == MemberPrincipal.RoleOf(authenticationState.User);
}
