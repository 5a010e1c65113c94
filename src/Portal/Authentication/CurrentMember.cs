using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// The member of the request, or of the circuit. A circuit keeps the user that it began with, so who that is now is looked up
/// every time (PCI DSS 8.2.5).
/// </summary>
internal sealed class CurrentMember(IHttpContextAccessor http, AuthenticationStateProvider circuit, MemberSessions sessions) : ICurrentMember
{
    public async ValueTask<SignedInMember?> FindAsync()
    {
        // In a circuit there is no request, or the one that carries it.
        var user = http.HttpContext is { } request && !CircuitOriginMiddleware.IsCircuit(request)
            ? request.User
            : (await circuit.GetAuthenticationStateAsync()).User;
        return MemberPrincipal.SecretOf(user) is { } secret
            ? await sessions.FindAsync(secret, MemberPrincipal.AddressOf(user), CancellationToken.None)
            : null;
    }
}
