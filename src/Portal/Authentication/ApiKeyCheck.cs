using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// <c>Authorization: Basic</c> and the raw API key, as the seed has it: neither base64 nor user and password. What is
/// wrong with the header, the answer is the same, and all keys that are not good take the same way to it.
/// </summary>
/// <remarks>
/// Not a scheme of the framework's: its handler, ticket and principal cost more than the check itself, and the API asks no
/// policy that would read them.
/// </remarks>
internal sealed class ApiKeyCheck(IApiKeyService keys, UnknownKeys unknown)
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Basic";

    /// <summary>Finds the key of a request and notes it; false, with the answer's challenge set, when it has no good one.</summary>
    public async ValueTask<bool> TryAuthenticateAsync(HttpContext context)
    {
        if (await keys.AuthenticateAsync(CredentialOf(context.Request), context.RequestAborted) is { } key)
        {
            context.Features.Set(new AuthenticatedKey(key));
            return true;
        }

        context.Response.Headers.WWWAuthenticate = Scheme;
        return false;
    }

    /// <summary>Counts a request that had no good key.</summary>
    /// <returns>Null, or after how long its address may try again.</returns>
    public async ValueTask<TimeSpan?> NoteUnknownAsync(HttpContext context)
    {
        var retryAfter = unknown.Note(context.Connection.RemoteIpAddress, CredentialOf(context.Request));
        if (retryAfter is not null)
        {
            await unknown.ReportAsync(ClientAddress.Of(context), context.RequestAborted);
        }

        return retryAfter;
    }

    /// <summary>What a request presents by <see cref="Scheme"/>; empty where it presents nothing.</summary>
    public static ReadOnlySpan<char> CredentialOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.AsSpan(Scheme.Length) is [' ', ..] credential
            ? credential.Trim(' ')
            : [];
}

/// <summary>The key that a request was made with.</summary>
internal sealed record AuthenticatedKey(ApiKey Key)
{
    /// <summary>Who asks, for the vault.</summary>
    public Caller ToCaller() => new(Key.Tenant, Key.Actor);
}
