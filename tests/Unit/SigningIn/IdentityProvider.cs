using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>A person known to a test's identity provider, and the claims that it makes about them.</summary>
internal sealed class ProvidedPerson
{
    public string Subject { get; init; } = Guid.NewGuid().ToString();

    public string? Email { get; set; } = $"{Guid.NewGuid():N}@staff.example.com".Replace('0', 'x');

    public bool IsEmailVerified { get; set; } = true;

    public string[] Groups { get; set; } = ["portal-developers"];

    /// <summary>The methods that they signed in with at the provider.</summary>
    public string[] Methods { get; set; } = ["pwd", "mfa"];

    /// <summary>Whether the provider has blocked them.</summary>
    public bool IsOut { get; set; }
}

/// <summary>An identity provider on a real port of this machine: OpenIddict, with one client, and one person in front of it at a time.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "portal";
    public const string ClientSecret = "a secret of the client";

    // Shared: generating it takes longer than a sign-in.
    private static readonly RsaSecurityKey s_key = new(RSA.Create(2048)) { KeyId = "tests" };

    private WebApplication _app = null!;

    public string Address => _app.Urls.Single();

    /// <summary>The person at the browser.</summary>
    public ProvidedPerson Person { get; set; } = new();

    /// <summary>The time at which they authenticated.</summary>
    public Func<DateTimeOffset> AuthenticatedAt { get; set; } = () => DateTimeOffset.UnixEpoch;

    /// <summary>The last sign-in request.</summary>
    public OpenIddictRequest? LastAsked { get; private set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(provider.Configure);
        provider._app = builder.Build();
        provider._app.UseAuthentication();
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Configure(OpenIddictServerBuilder server)
    {
        // Without a database: the person is the only user.
        server.EnableDegradedMode();
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo").SetEndSessionEndpointUris("connect/logout");
        server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess);
        server.AddEncryptionKey(s_key).AddSigningKey(s_key);
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId)
            {
                context.Reject(Errors.InvalidClient);
            }

            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            LastAsked = context.Request;
            context.SignIn(PrincipalOf(context.Request.GetScopes()));
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
            {
                context.Reject(Errors.InvalidClient);
            }
            else if (Person.IsOut)
            {
                context.Reject(Errors.InvalidGrant);
            }

            return default;
        }));
        server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Subject = Person.Subject;
            context.Claims["groups"] = new OpenIddictParameter(ImmutableArray.CreateRange<string?>(Person.Groups));
            return default;
        }));
        server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
        server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.SignOut();
            return default;
        }));
    }

    private ClaimsPrincipal PrincipalOf(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, Person.Subject));
        identity.AddClaim(new Claim(Claims.Name, "Ada Lovelace"));
        identity.AddClaim(new Claim(Claims.AuthenticationTime, AuthenticatedAt().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
        if (Person.Email is { } email)
        {
            identity.AddClaim(new Claim(Claims.Email, email));
            identity.AddClaim(new Claim(Claims.EmailVerified, Person.IsEmailVerified ? "true" : "false", ClaimValueTypes.Boolean));
        }

        identity.AddClaims(Person.Groups.Select(group => new Claim("groups", group)));
        identity.AddClaims(Person.Methods.Select(method => new Claim(Claims.AuthenticationMethodReference, method)));
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetDestinations(_ => [Destinations.IdentityToken]);
        return principal;
    }
}
