using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Startup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>Registers and maps sign-in at an identity provider (docs/adr/0031-single-sign-on.md). Without a configured provider it adds nothing.</summary>
internal static class SingleSignOnExtensions
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "SingleSignOn";

    /// <summary>The name of the session that a member confirms, in the sealed state that the browser brings back.</summary>
    public const string ConfirmedSession = "confirm";

    public static void AddSingleSignOn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SingleSignOnOptions>()
            .PostConfigure(options => options.ClientSecretFile = options.ClientSecretFile.Length > 0 ? Path.GetFullPath(options.ClientSecretFile) : "");

        // If settings are wrong, the start checks refuse to start and name them.
        if (string.IsNullOrEmpty(builder.Configuration[$"{SingleSignOnOptions.Section}:{nameof(SingleSignOnOptions.Authority)}"])
            || SettingSection.All.Any(section => section.FindFaults(builder.Configuration).Count > 0))
        {
            return;
        }

        builder.Services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
        builder.Services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<SingleSignOnOptions>, IHostEnvironment>(Configure);
        builder.Services.AddScoped<SingleSignOnService>();
        builder.Services.AddSingleton<ProviderClient>();
        builder.Services.AddHostedService<ProviderRefresh>();
    }

    public static void MapSingleSignOn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<SingleSignOnOptions>>().Value.IsOn)
        {
            return;
        }

        app.MapGet(PortalUrls.SingleSignOn, ChallengeAsync).AllowAnonymous();
        app.MapGet(PortalUrls.SingleSignOnEnd, EndAsync).AllowAnonymous();

        // The scheme's handler answers before any endpoint. An endpoint must still exist, because an address without one gets 404.
        app.MapGet(PortalUrls.SingleSignOnCallback, () => Results.Redirect(PortalUrls.SignIn)).AllowAnonymous();
    }

    private static void Configure(OpenIdConnectOptions scheme, IOptions<SingleSignOnOptions> settings, IHostEnvironment environment)
    {
        var options = settings.Value;
        scheme.Authority = options.Authority;
        scheme.ClientId = options.ClientId;
        scheme.ClientSecret = ClientSecret.TryRead(options.ClientSecretFile);
        scheme.RequireHttpsMetadata = !environment.IsDevelopment();
        scheme.CallbackPath = PortalUrls.SingleSignOnCallback;
        scheme.BackchannelTimeout = TimeSpan.FromSeconds(20);

        // Code flow with PKCE, and the answer in the query: a form post by the provider would require a policy that lets other sites post to us.
        scheme.ResponseType = OpenIdConnectResponseType.Code;
        scheme.ResponseMode = OpenIdConnectResponseMode.Query;
        scheme.UsePkce = true;
        scheme.SaveTokens = true; // to pass the refresh token on to the session, which keeps it sealed
        scheme.GetClaimsFromUserInfoEndpoint = true;
        scheme.MapInboundClaims = false;
        scheme.ClaimActions.Clear();
        scheme.ClaimActions.MapUniqueJsonKey("email", "email");
        scheme.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        scheme.ClaimActions.MapUniqueJsonKey("name", "name");
        scheme.ClaimActions.MapUniqueJsonKey("preferred_username", "preferred_username");
        scheme.ClaimActions.MapJsonKey(options.GroupsClaim, options.GroupsClaim);
        scheme.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend("openid").Distinct(StringComparer.Ordinal))
        {
            scheme.Scope.Add(scope);
        }

        scheme.CorrelationCookie = new SignOnCookie("__Host-portal-sso-correlation.");
        scheme.NonceCookie = new SignOnCookie("__Host-portal-sso-nonce.");
        scheme.Events.OnRedirectToIdentityProvider = context =>
        {
            if (context.Properties.Items.ContainsKey(ConfirmedSession))
            {
                // The person at the browser has to authenticate again.
                context.ProtocolMessage.Prompt = OpenIdConnectPrompt.Login;
                context.ProtocolMessage.MaxAge = "0";
            }

            return Task.CompletedTask;
        };
        scheme.Events.OnTicketReceived = async context =>
        {
            context.HandleResponse();
            await context.HttpContext.RequestServices.GetRequiredService<SingleSignOnService>().ReceiveAsync(context.HttpContext, context.Principal!, context.Properties!, context.ReturnUri);
        };
        scheme.Events.OnRemoteFailure = async context =>
        {
            context.HandleResponse();
            await context.HttpContext.RequestServices.GetRequiredService<SingleSignOnService>().FailAsync(context.HttpContext, context.Failure);
        };
    }

    private static async Task<IResult> ChallengeAsync(
        HttpContext context, ICurrentMember current, SingleSignOnService service, IOptionsMonitor<OpenIdConnectOptions> schemes, string? returnUrl, bool confirm = false)
    {
        try
        {
            await schemes.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
        }
        catch (Exception exception) when (IsUnreachable(exception))
        {
            return Results.LocalRedirect($"~{service.NoteFailure(context, exception)}");
        }

        var properties = new AuthenticationProperties { RedirectUri = LocalAddress.Of(returnUrl) };
        if (confirm)
        {
            if (await current.FindAsync() is not { } member)
            {
                return Results.LocalRedirect($"~{PortalUrls.SignIn}");
            }

            properties.Items[ConfirmedSession] = member.Session.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Results.Challenge(properties, [Scheme]);
    }

    // Ends the session at the provider too, if it has an endpoint for that (OpenID Connect RP-Initiated Logout 1.0).
    private static async Task<IResult> EndAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> schemes, [FromServices] PublicAddress address)
    {
        var scheme = schemes.Get(Scheme);
        var back = $"{address.Origin ?? $"{context.Request.Scheme}://{context.Request.Host}"}{PortalUrls.SignedOut}";
        try
        {
            var provider = await scheme.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
            return provider.EndSessionEndpoint is { Length: > 0 } end
                ? Results.Redirect($"{end}?client_id={Uri.EscapeDataString(scheme.ClientId!)}&post_logout_redirect_uri={Uri.EscapeDataString(back)}")
                : Results.LocalRedirect($"~{PortalUrls.SignedOut}");
        }
        catch (Exception exception) when (IsUnreachable(exception))
        {
            return Results.LocalRedirect($"~{PortalUrls.SignedOut}"); // the portal's own session has ended
        }
    }

    private static bool IsUnreachable(Exception exception) => exception is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException;
}
