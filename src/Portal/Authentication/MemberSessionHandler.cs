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
/// Recognises a member by the cookie of a session. The cookie is the session's secret and nothing else: there is nothing in it to
/// forge, and what the member may do is read from the database each time.
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
        // What is not a page to come back to (a form that was sent, a download in the background) leads to the beginning.
        var asked = $"{Request.Path.ToUriComponent()}{Request.QueryString.ToUriComponent()}";
        var isPlace = HttpMethods.IsGet(Request.Method) && !LogScrubber.HoldsSecret(asked);
        if (isPlace && Request.Headers["Sec-Fetch-Site"] == "cross-site" && Request.Headers["Sec-Fetch-Mode"] == "navigate")
        {
            // A link on another site: the browser kept the strict cookie back, whether there is one or not. Asked by this page of
            // ours it sends it along.
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
            // By operation, not by path: of paths there are as many as somebody likes to write.
            var operation = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(rule => rule.Policy is not null)?.Policy;
            await attempts.RecordAsync(who, AuditAction.PageRefused, operation ?? "", PathWithoutCard());
        }
    }

    private string PathWithoutCard()
    {
        // Encoded, so that it is one line of the trail.
        var path = Request.Path.ToUriComponent();
        return LogScrubber.HoldsSecret(path) ? "page" : path.Length > LongestPath ? path[..LongestPath] : path;
    }
}

/// <summary>What a request or a circuit carries of a member: enough to ask who they are now.</summary>
internal static class MemberPrincipal
{
    private const string SecretClaim = "session";
    private const string AddressClaim = "address";
    private const string IdClaim = "member";
    private const string TimeZoneClaim = "zoneinfo";

    /// <summary>The principal of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="secret">What opens the session.</param>
    /// <param name="browserZone">The name of the browser's time zone, as the browser says; counts where the member chose none.</param>
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
