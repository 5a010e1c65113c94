namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>
/// The cookies that tie the provider's answer to this browser. They are like the portal's other cookies, but lax: the answer arrives with a navigation
/// from another site, with which browsers send no strict cookies.
/// </summary>
internal sealed class SignOnCookie : CookieBuilder
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    public SignOnCookie(string name) => Name = name;

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) =>
        new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = s_longest };
}
