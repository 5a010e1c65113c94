using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// The portal's cookies. The prefix <c>__Host-</c> makes browsers refuse them from another host or over plain HTTP; on
/// <c>localhost</c> browsers treat plain HTTP as secure. All of them expire when the browser is closed.
/// </summary>
internal static class PortalCookies
{
    public const string Session = "__Host-portal-session";
    public const string Ceremony = "__Host-portal-ceremony";

    /// <summary>The cookie with the browser's time zone, which zone.js writes. It is no secret and is used only to format times.</summary>
    public const string TimeZone = "portal-zone";

    /// <summary>The cookie of the antiforgery protection, whose other half is in the form; the framework sets it.</summary>
    public const string Form = "__Host-portal-form";

    internal static CookieOptions Options => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };

    public static void Set(HttpContext context, string name, OpaqueSecret secret) => context.Response.Cookies.Append(name, secret.Reveal(), Options);

    public static void Clear(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options);
}

/// <summary>
/// Gives the framework's antiforgery cookie the options of ours. With the policy "always secure" the framework would refuse to work over plain
/// HTTP, even at <c>localhost</c> and behind a proxy that ends TLS.
/// </summary>
internal sealed class FormCookie : CookieBuilder
{
    public FormCookie() => Name = PortalCookies.Form;

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) => PortalCookies.Options;
}
