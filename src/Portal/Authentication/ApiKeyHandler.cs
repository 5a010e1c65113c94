using System.Security.Claims;
using System.Text.Encodings.Web;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// <c>Authorization: Basic</c> and the raw API key, as the seed has it: neither base64 nor user and password. Whatever is
/// wrong with the header, the answer is the same, and all keys that are not good take the same way to it.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IApiKeyService keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string SchemeName = "ApiKey";

    private const string Challenge = "Basic";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await keys.AuthenticateAsync(PresentedKey() ?? "", Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("No valid API key.");
        }

        Context.Features.Set(new AuthenticatedKey(key));
        var identity = new ClaimsIdentity(SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Challenge;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private string? PresentedKey() =>
        Request.Headers.Authorization is [{ } header]
        && header.StartsWith(Challenge, StringComparison.OrdinalIgnoreCase)
        && header.AsSpan(Challenge.Length) is [' ', ..] credential
            ? credential.Trim(' ').ToString()
            : null;
}

/// <summary>The key that a request was made with.</summary>
internal sealed record AuthenticatedKey(ApiKey Key)
{
    /// <summary>Who asks, for the vault.</summary>
    public Caller ToCaller() => new(Key.Tenant, $"key:{Key.Id.Value}");
}
