namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>
/// The cookies by which an answer of the provider is known to belong to this browser. As the portal's other ones, but lax: the answer comes with a navigation from
/// elsewhere, with which a browser sends no strict ones.
/// </summary>
internal sealed class SignOnCookie : CookieBuilder
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    public SignOnCookie(string name) => Name = name;

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) =>
        new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = s_longest };
}
