using System.Globalization;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal;

/// <summary>Every address of the portal, in one place: links, redirects and tests build theirs here.</summary>
internal static class PortalUrls
{
    public const string Home = "/";
    public const string TestCards = "/docs/test-cards";
    public const string SetUp = "/setup";
    public const string SignIn = "/sign-in";
    public const string SignedOut = "/sign-in?signedOut=true";
    public const string SignInFactor = "/sign-in/factor";
    public const string SignOut = "/sign-out";
    public const string Session = "/session";
    public const string SessionInput = "/session/input";
    public const string SetUpFactor = "/setup/factor";
    public const string Reset = "/reset";
    public const string AccountFactor = "/account/factor";
    public const string Account = "/account";
    public const string Tokens = "/tokens";
    public const string TokenExport = "/tokens/export.csv";
    public const string ApiKeys = "/api-keys";
    public const string Members = "/members";
    public const string InviteMember = "/members/invite";
    public const string Activity = "/activity";
    public const string ActivityExportCsv = "/activity/export.csv";
    public const string ActivityExportJsonLines = "/activity/export.jsonl";
    public const string Settings = "/settings";
    public const string NotFound = "/not-found";
    public const string Error = "/error";
    public const string Forbidden = "/forbidden";
    public const string FormExpired = "/form-expired";

    /// <summary>Answers 200 while the process answers at all.</summary>
    public const string HealthLive = "/health/live";

    /// <summary>Answers 200 while cards can be tokenized.</summary>
    public const string HealthReady = "/health/ready";

    /// <summary>The description of the API, for programs.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>The call that turns a card number into a token, relative to the base address of the API.</summary>
    public const string SetupIntents = "setup-intents";

    /// <summary>The list of test cards, filtered.</summary>
    public static string TestCardsMatching(string? filter) =>
        string.IsNullOrWhiteSpace(filter) ? TestCards : $"{TestCards}?q={Uri.EscapeDataString(filter)}";

    /// <summary>A page as it is for a location and environment, with what else its address says.</summary>
    /// <param name="path">The page's path, without a query.</param>
    /// <param name="place">The location and environment.</param>
    /// <param name="query">Further parameters; those without a value are left out.</param>
    public static string In(SelectedTenant place, string path, params IEnumerable<(string Name, string? Value)> query) =>
        query.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Aggregate(
            $"{path}?{SelectedTenant.LocationParameter}={place.Location.Slug}&{SelectedTenant.EnvironmentParameter}={place.EnvironmentWord}",
            (address, parameter) => $"{address}&{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");

    /// <summary>A token.</summary>
    public static string Token(SelectedTenant place, string id) => In(place, $"{Tokens}/{Uri.EscapeDataString(id)}");

    /// <summary>The list of API keys, filtered.</summary>
    public static string ApiKeysMatching(SelectedTenant place, string? status, string? search) => In(place, ApiKeys, ("status", status), ("q", search));

    /// <summary>The form that makes an API key.</summary>
    public static string NewApiKey(SelectedTenant place) => In(place, $"{ApiKeys}/new");

    /// <summary>The form that rolls an API key.</summary>
    public static string RollApiKey(SelectedTenant place, ApiKeyId id) => In(place, $"{ApiKeys}/{id.Value}/roll");

    /// <summary>An API key.</summary>
    public static string ApiKey(SelectedTenant place, ApiKeyId id) => In(place, $"{ApiKeys}/{id.Value}");

    /// <summary>A member, as the people who answer for the account see them.</summary>
    public static string Member(SelectedTenant place, MemberId id) => In(place, $"{Members}/{id.Value}");

    /// <summary>The trail of the account, by what it is about and by who did it.</summary>
    public static string ActivityOf(SelectedTenant place, string? topic, MemberId? actor) =>
        In(place, Activity, ("topic", topic), ("member", actor?.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The form that makes a link by which a member sets up access anew.</summary>
    public static string ResetMember(SelectedTenant place, MemberId id) => In(place, $"{Members}/{id.Value}/reset");

    /// <summary>Where a reset link leads. The secret is behind "#", as in <see cref="SetUpWith"/>.</summary>
    public static string ResetWith(OpaqueSecret secret) => $"{Reset}#{secret.Reveal()}";

    /// <summary>Where a link leads that makes someone a member. The secret is behind "#": browsers send that to nobody, so no proxy records it.</summary>
    public static string SetUpWith(OpaqueSecret secret) => $"{SetUp}#{secret.Reveal()}";

    /// <summary>Where a stranger, or one who must confirm that they are themselves, is sent; they come back to <paramref name="returnTo"/>.</summary>
    public static string SignInFor(string returnTo, bool confirm = false) =>
        $"{SignIn}?{(confirm ? "confirm=true&" : "")}returnUrl={Uri.EscapeDataString(returnTo)}";
}
