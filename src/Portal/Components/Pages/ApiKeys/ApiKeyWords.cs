using Dojo.Pci.Portal.Components.Ui;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>How pages speak of keys.</summary>
internal static class ApiKeyWords
{
    /// <summary>Every scope with what it lets a key do, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<(ApiKeyScopes Scope, string Name, string Meaning)> Scopes =
    [
        (ApiKeyScopes.Tokenize, "tokenize", "Turn card numbers into tokens, and renew client secrets."),
        (ApiKeyScopes.Read, "read", "Read and list tokens and payments."),
        (ApiKeyScopes.Charge, "charge", "Prepare and make charges; cancel payments and tokens."),
    ];

    public static string Of(ApiKeyStatus status) => status == ApiKeyStatus.ExpiresSoon ? "Expires soon" : status.ToString();

    public static string InUrl(ApiKeyStatus status) => status == ApiKeyStatus.ExpiresSoon ? "expires-soon" : status.ToString().ToLowerInvariant();

    public static ApiKeyStatus? FromUrl(string? word) => Enum.GetValues<ApiKeyStatus>().Where(status => InUrl(status) == word).Cast<ApiKeyStatus?>().FirstOrDefault();

    public static Tone ToneOf(ApiKeyStatus status) => status switch
    {
        ApiKeyStatus.Active => Tone.Good,
        ApiKeyStatus.ExpiresSoon or ApiKeyStatus.Retiring => Tone.Warning,
        ApiKeyStatus.Expired => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static IEnumerable<string> NamesOf(ApiKeyScopes scopes) => Scopes.Where(scope => scopes.HasFlag(scope.Scope)).Select(scope => scope.Name);

    public static string MakerOf(ManagedApiKey key) => key.CreatedByName ?? (key.CreatedBy == "operator" ? "the command line" : "a former member");

    public static string Requests(long count) => count == 1 ? "1 request" : $"{count:N0} requests";
}
