using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>The words that pages use for API keys.</summary>
internal static class ApiKeyWords
{
    private static readonly (ApiKeyScopes Scope, string Meaning)[] s_meanings =
    [
        (ApiKeyScopes.Tokenize, "Turn card numbers into tokens, and renew client secrets."),
        (ApiKeyScopes.Read, "Read and list tokens and payments."),
        (ApiKeyScopes.Charge, "Prepare and make charges; cancel payments and tokens."),
        (ApiKeyScopes.SandboxClock, "Move the clock of this sandbox, for everyone who uses it."),
        (ApiKeyScopes.Webhooks, "Subscribe to events, and read the secrets that sign them."),
        (ApiKeyScopes.Sandbox, "Set faults in this sandbox; create and remove throwaway sandboxes."),
    ];

    /// <summary>Every scope that a key of an environment can have, with what it lets the key do, in display order.</summary>
    public static IEnumerable<(ApiKeyScopes Scope, string Name, string Meaning)> ScopesOf(TenantEnvironment environment) =>
        from described in s_meanings
        where described.Scope.In(environment) != ApiKeyScopes.None
        select (described.Scope, string.Join(", ", NamesOf(described.Scope)), described.Meaning);

    public static string Of(ApiKeyStatus status) => status == ApiKeyStatus.ExpiresSoon ? "Expires soon" : status.ToString();

    public static string InUrl(ApiKeyStatus status) => status == ApiKeyStatus.ExpiresSoon ? "expires-soon" : status.ToString().ToLowerInvariant();

    public static ApiKeyStatus? FromUrl(string? word) => Enum.GetValues<ApiKeyStatus>().Where(status => InUrl(status).Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<ApiKeyStatus?>().FirstOrDefault();

    public static Tone ToneOf(ApiKeyStatus status) => status switch
    {
        ApiKeyStatus.Active => Tone.Good,
        ApiKeyStatus.ExpiresSoon or ApiKeyStatus.Retiring => Tone.Warning,
        ApiKeyStatus.Expired => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static IEnumerable<string> NamesOf(ApiKeyScopes scopes) => ApiKeyScopeNames.NamesOf(scopes);

    public static string MakerOf(ManagedApiKey key) => key.CreatedByName ?? (key.CreatedBy == "operator" ? "the command line" : "a former member");

    public static string Requests(long count) => count == 1 ? "1 request" : $"{count:N0} requests";
}
