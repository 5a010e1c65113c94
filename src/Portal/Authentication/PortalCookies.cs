using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// The portal's cookies. The prefix <c>__Host-</c> makes a browser refuse them from another host or over plain HTTP; on
/// <c>localhost</c> browsers count plain HTTP as secure. None outlives the browser.
/// </summary>
internal static class PortalCookies
{
    public const string Session = "__Host-portal-session";
    public const string Ceremony = "__Host-portal-ceremony";

    /// <summary>The name of the browser's time zone, which zone.js writes: no secret, and good for nothing but the writing of times.</summary>
    public const string TimeZone = "portal-zone";

    /// <summary>The half of a form's protection that is not in the form; the framework sets it.</summary>
    public const string Form = "__Host-portal-form";

    internal static CookieOptions Options => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };

    public static void Set(HttpContext context, string name, OpaqueSecret secret) => context.Response.Cookies.Append(name, secret.Reveal(), Options);

    public static void Clear(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options);
}

/// <summary>
/// The framework's own cookie as ours are. Told to be secure always, the framework would refuse to work over plain HTTP, also at
/// <c>localhost</c> and behind a proxy that ends TLS.
/// </summary>
internal sealed class FormCookie : CookieBuilder
{
    public FormCookie() => Name = PortalCookies.Form;

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) => PortalCookies.Options;
}
