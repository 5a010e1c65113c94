using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Recognises a member by the session cookie. The cookie holds only the session's secret, so there is nothing in it to forge, and the
/// member's rights are read from the database each time.
/// </summary>
internal sealed class MemberSessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, MemberSessions sessions, IRefusedAttempts attempts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string SchemeName = "Member";

    private const int LongestPath = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!OpaqueSecret.TryRead(Request.Cookies[PortalCookies.Session], out var secret))
        {
            return AuthenticateResult.NoResult();
        }

        return await sessions.FindAsync(secret, ClientAddress.Of(Context), Context.RequestAborted) is { } member
            ? AuthenticateResult.Success(new AuthenticationTicket(MemberPrincipal.Of(member, secret, Request.Cookies[PortalCookies.TimeZone]), SchemeName))
            : AuthenticateResult.Fail("The session is over.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A request that is not a page to come back to (a form post, an address with a secret) leads to the home page.
        var asked = $"{Request.Path.ToUriComponent()}{Request.QueryString.ToUriComponent()}";
        var isPlace = HttpMethods.IsGet(Request.Method) && !LogScrubber.HoldsSecret(asked);
        if (isPlace && Request.Headers["Sec-Fetch-Site"] == "cross-site" && Request.Headers["Sec-Fetch-Mode"] == "navigate")
        {
            // The request follows a link on another site, so the browser has withheld the strict cookie, if there is one. It sends the
            // cookie with the request that this page of ours makes.
            Response.ContentType = "text/html; charset=utf-8";
            Response.Headers["Refresh"] = $"0; url={asked}";
            return Response.WriteAsync("<!DOCTYPE html><title>Dojo PCI Portal</title>", Context.RequestAborted);
        }

        Response.Redirect(PortalUrls.SignInFor(isPlace ? asked : PortalUrls.Home));
        return Task.CompletedTask;
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (MemberPrincipal.SecretOf(Context.User) is { } secret
            && await sessions.FindAsync(secret, MemberPrincipal.AddressOf(Context.User), CancellationToken.None) is { } who)
        {
            // Recorded by operation, not by path: callers can make up any number of paths.
            var operation = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(rule => rule.Policy is not null)?.Policy;
            await attempts.RecordAsync(who, AuditAction.PageRefused, operation ?? "", PathWithoutCard());
        }
    }

    private string PathWithoutCard()
    {
        // Encoded, so that it is one line in the audit trail.
        var path = Request.Path.ToUriComponent();
        return LogScrubber.HoldsSecret(path) ? "page" : path.Length > LongestPath ? path[..LongestPath] : path;
    }
}

/// <summary>The claims of a member that a request or a circuit carries: enough to look up the member's current state.</summary>
internal static class MemberPrincipal
{
    private const string SecretClaim = "session";
    private const string AddressClaim = "address";
    private const string IdClaim = "member";
    private const string TimeZoneClaim = "zoneinfo";

    /// <summary>The principal of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="secret">The session's secret.</param>
    /// <param name="browserZone">The time zone that the browser reports; used if the member chose none.</param>
    public static ClaimsPrincipal Of(SignedInMember member, OpaqueSecret secret, string? browserZone) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, member.Name),
            new Claim(ClaimTypes.Role, member.Role.ToString()),
            new Claim(SecretClaim, secret.Reveal()),
            new Claim(AddressClaim, member.Address?.ToString() ?? ""),
            new Claim(IdClaim, member.Id.Value.ToString(CultureInfo.InvariantCulture)),
            new Claim(TimeZoneClaim, member.TimeZone ?? browserZone ?? ""),
        ],
        MemberSessionHandler.SchemeName));

    public static OpaqueSecret? SecretOf(ClaimsPrincipal user) => OpaqueSecret.TryRead(user.FindFirstValue(SecretClaim), out var secret) ? secret : null;

    public static System.Net.IPAddress? AddressOf(ClaimsPrincipal user) =>
        System.Net.IPAddress.TryParse(user.FindFirstValue(AddressClaim), out var address) ? address : null;

    public static MemberId? IdOf(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(IdClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new MemberId(id) : null;

    public static string? TimeZoneOf(ClaimsPrincipal user) => user.FindFirstValue(TimeZoneClaim);

    public static MemberRole? RoleOf(ClaimsPrincipal user) => Enum.TryParse<MemberRole>(user.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;
}
