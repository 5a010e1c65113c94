namespace Dojo.Pci.Portal.Security;

/// <summary>A content security policy that replaces the general one for a page; metadata of its endpoint.</summary>
/// <param name="Of">Returns the policy for a request; called when its response starts.</param>
internal sealed record OwnPagePolicy(Func<HttpContext, string> Of);
