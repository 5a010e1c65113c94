using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Checks every few seconds that the session of a circuit is still alive and has the same role. If not, the circuit becomes anonymous, and
/// its page and what it showed disappear (PCI DSS 8.2.5, 8.2.8).
/// </summary>
internal sealed class CircuitAuthenticationState(ILoggerFactory logger, MemberSessions sessions) : RevalidatingServerAuthenticationStateProvider(logger)
{
    // The change takes effect within 5 seconds, with time to spare.
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        MemberPrincipal.SecretOf(authenticationState.User) is { } secret
        && await sessions.FindAsync(secret, address: null, cancellationToken) is { } member
        && member.Role == MemberPrincipal.RoleOf(authenticationState.User);
}
