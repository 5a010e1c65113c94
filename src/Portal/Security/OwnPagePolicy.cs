namespace Dojo.Pci.Portal.Security;

/// <summary>A content security policy that a page has in place of everybody's; metadata of its endpoint.</summary>
/// <param name="Of">The policy for a request, once its answer begins.</param>
internal sealed record OwnPagePolicy(Func<HttpContext, string> Of);
