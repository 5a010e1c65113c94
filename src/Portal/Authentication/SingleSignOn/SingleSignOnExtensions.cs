using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Startup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>Signing in at an identity provider (docs/adr/0031-single-sign-on.md). Where no setting names one, nothing of it is there.</summary>
internal static class SingleSignOnExtensions
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "SingleSignOn";

    /// <summary>The session that a member confirms, among what the browser brings back sealed.</summary>
    public const string ConfirmedSession = "confirm";

    public static void AddSingleSignOn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SingleSignOnOptions>()
            .PostConfigure(options => options.ClientSecretFile = options.ClientSecretFile.Length > 0 ? Path.GetFullPath(options.ClientSecretFile) : "");

        // Where settings are wrong the start is about to be refused, by naming them.
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

        // The scheme's handler answers before any endpoint. There has to be one, or the address would be none of ours.
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

        // Code flow with PKCE, and the answer in the address: a form that the provider posts would need a policy that lets any site post to us.
        scheme.ResponseType = OpenIdConnectResponseType.Code;
        scheme.ResponseMode = OpenIdConnectResponseMode.Query;
        scheme.UsePkce = true;
        scheme.SaveTokens = true; // for the moment between the answer and the session: the refresh token is kept, sealed
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
                // The person at the browser has to show again who they are.
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

    // Ends the session at the provider too, where it says how (OpenID Connect RP-Initiated Logout 1.0).
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
            return Results.LocalRedirect($"~{PortalUrls.SignedOut}"); // it is over here
        }
    }

    private static bool IsUnreachable(Exception exception) => exception is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException;
}
