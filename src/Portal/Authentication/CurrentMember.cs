using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// The member of the request, or of the circuit. A circuit keeps the user that it began with, so the member's current state is looked up
/// every time (PCI DSS 8.2.5).
/// </summary>
internal sealed class CurrentMember(PageRequest page, AuthenticationStateProvider circuit, MemberSessions sessions) : ICurrentMember
{
    public async ValueTask<SignedInMember?> FindAsync()
    {
        var user = page.Context is { } request ? request.User : (await circuit.GetAuthenticationStateAsync()).User;
        return MemberPrincipal.SecretOf(user) is { } secret
            ? await sessions.FindAsync(secret, MemberPrincipal.AddressOf(user), CancellationToken.None)
            : null;
    }
}
