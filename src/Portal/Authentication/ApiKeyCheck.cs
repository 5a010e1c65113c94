using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Checks <c>Authorization: Basic</c> with the raw API key, as in the seed: neither base64 nor user and password. The answer is the same
/// whatever is wrong with the header, and all invalid keys take the same code path.
/// </summary>
/// <remarks>
/// Not an authentication scheme of the framework: its handler, ticket and principal cost more than the check itself, and the API has no
/// policy that would read them.
/// </remarks>
internal sealed class ApiKeyCheck(IApiKeyService keys, UnknownKeys unknown)
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Basic";

    /// <summary>Finds the key of a request and notes it; false, with the challenge set in the response, if the request has no valid key.</summary>
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

    /// <summary>Counts a request that had no valid key.</summary>
    /// <returns>How long its address must wait before it tries again; null if the address is not refused.</returns>
    public async ValueTask<TimeSpan?> NoteUnknownAsync(HttpContext context)
    {
        var retryAfter = unknown.Note(context.Connection.RemoteIpAddress, CredentialOf(context.Request));
        if (retryAfter is not null)
        {
            await unknown.ReportAsync(ClientAddress.Of(context), context.RequestAborted);
        }

        return retryAfter;
    }

    /// <summary>The credential that a request presents with <see cref="Scheme"/>; empty if there is none.</summary>
    public static ReadOnlySpan<char> CredentialOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.AsSpan(Scheme.Length) is [' ', ..] credential
            ? credential.Trim(' ')
            : [];
}

/// <summary>The key with which a request was made.</summary>
internal sealed record AuthenticatedKey(ApiKey Key)
{
    /// <summary>Converts the key to the caller that the vault expects.</summary>
    public Caller ToCaller() => new(Key.Tenant, Key.Actor);
}
