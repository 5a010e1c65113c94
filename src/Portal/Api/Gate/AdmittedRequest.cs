using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>Reads the caller and the ids of a request that the gate has admitted.</summary>
internal static class AdmittedRequest
{
    /// <summary>The caller whose key was accepted.</summary>
    public static Caller CallerOf(HttpContext context) => context.Features.Get<AuthenticatedKey>()!.ToCaller();

    /// <summary>The id in the request's path, by its name in <see cref="ApiPaths"/>.</summary>
    public static string IdOf(HttpContext context, string name = "id") => (string)context.Request.RouteValues[name]!;
}
