using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>What the endpoints ask of a request that the gate has let through.</summary>
internal static class AdmittedRequest
{
    /// <summary>The caller whose key was accepted.</summary>
    public static Caller CallerOf(HttpContext context) => context.Features.Get<AuthenticatedKey>()!.ToCaller();

    /// <summary>The id in its path, by its name in <see cref="ApiPaths"/>.</summary>
    public static string IdOf(HttpContext context, string name = "id") => (string)context.Request.RouteValues[name]!;
}
