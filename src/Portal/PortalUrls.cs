using System.Globalization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal;

/// <summary>Every address of the portal, in one place: links, redirects and tests build their addresses here.</summary>
internal static class PortalUrls
{
    public const string Home = "/";
    public const string Docs = "/docs";
    public const string ApiReference = "/docs/reference";
    public const string DocsErrors = "/docs/errors";
    public const string DocsSearch = "/docs/search";
    public const string TestCards = "/docs/test-cards";
    public const string SetUp = "/setup";
    public const string SignIn = "/sign-in";
    public const string SignedOut = "/sign-in?signedOut=true";
    public const string SignInFactor = "/sign-in/factor";
    public const string SingleSignOn = "/sign-in/single";
    public const string SingleSignOnCallback = "/sign-in/single/callback";
    public const string SingleSignOnEnd = "/sign-out/single";
    public const string SignOut = "/sign-out";
    public const string Session = "/session";
    public const string SessionInput = "/session/input";
    public const string SetUpFactor = "/setup/factor";
    public const string Reset = "/reset";
    public const string AccountFactor = "/account/factor";
    public const string Account = "/account";
    public const string Tokens = "/tokens";
    public const string Cards = "/cards";
    public const string TokenExport = "/tokens/export.csv";
    public const string Logs = "/logs";
    public const string LogErrors = "/logs/errors";
    public const string LogLatency = "/logs/latency";
    public const string LogCheck = "/logs/check";
    public const string LogExportCsv = "/logs/export.csv";
    public const string LogExportJsonLines = "/logs/export.jsonl";
    public const string ApiKeys = "/api-keys";
    public const string WebhookEndpoints = "/webhook-endpoints";
    public const string Notices = "/notices";
    public const string Sandbox = "/sandbox";
    public const string Members = "/members";
    public const string InviteMember = "/members/invite";
    public const string AuditTrail = "/activity";
    public const string AuditTrailExportCsv = "/activity/export.csv";
    public const string AuditTrailExportJsonLines = "/activity/export.jsonl";
    public const string Settings = "/settings";
    public const string NotFound = "/not-found";
    public const string Error = "/error";
    public const string Forbidden = "/forbidden";
    public const string FormExpired = "/form-expired";

    /// <summary>Answers 200 while the process can answer requests.</summary>
    public const string HealthLive = "/health/live";

    /// <summary>Answers 200 while cards can be tokenized.</summary>
    public const string HealthReady = "/health/ready";

    /// <summary>The OpenAPI description of the API.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>A list of the documentation's pages for language models (llms.txt).</summary>
    public const string LlmsText = "/llms.txt";

    /// <summary>The call that turns a card number into a token, relative to the base address of the API.</summary>
    public const string SetupIntents = "setup-intents";

    /// <summary>The address where signing in at the identity provider begins.</summary>
    /// <param name="returnUrl">The address of ours to go to afterwards.</param>
    /// <param name="confirm">Whether a signed-in member has to confirm their identity again.</param>
    public static string SingleSignOnFor(string returnUrl, bool confirm) =>
        $"{SingleSignOn}?returnUrl={Uri.EscapeDataString(returnUrl)}{(confirm ? "&confirm=true" : "")}";

    /// <summary>The page of a guide.</summary>
    public static string Guide(string slug) => $"{Docs}/{slug}";

    /// <summary>The documentation page of an API operation.</summary>
    public static string Operation(string slug) => $"{Docs}/api/{slug}";

    /// <summary>A place in the API reference.</summary>
    public static string InReference(string anchor) => $"{ApiReference}#{anchor}";

    /// <summary>The documentation page of an error code.</summary>
    public static string ErrorPage(string code) => $"{DocsErrors}/{code}";

    /// <summary>The list of test cards, filtered.</summary>
    public static string TestCardsMatching(string? filter) =>
        string.IsNullOrWhiteSpace(filter) ? TestCards : $"{TestCards}?q={Uri.EscapeDataString(filter)}";

    /// <summary>A page for a location and environment.</summary>
    /// <param name="path">The page's path, without a query.</param>
    /// <param name="place">The location and environment.</param>
    /// <param name="query">Further query parameters; those without a value are left out.</param>
    public static string In(SelectedTenant place, string path, params IEnumerable<(string Name, string? Value)> query) =>
        query.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Aggregate(
            $"{path}?{SelectedTenant.LocationParameter}={place.Location.Slug}&{SelectedTenant.EnvironmentParameter}={place.EnvironmentWord}",
            (address, parameter) => $"{address}&{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");

    /// <summary>The page of a token.</summary>
    public static string Token(SelectedTenant place, string id) => In(place, $"{Tokens}/{Uri.EscapeDataString(id)}");

    /// <summary>The page of a request in the log, within the list whose filters the query repeats.</summary>
    public static string Log(SelectedTenant place, long id, params IEnumerable<(string Name, string? Value)> query) =>
        In(place, string.Create(CultureInfo.InvariantCulture, $"{Logs}/{id}"), query);

    /// <summary>The logged requests of the last 30 days that were made with an API key, or that match a text.</summary>
    public static string LogsOf(SelectedTenant place, ApiKeyId? key = null, string? text = null) =>
        In(place, Logs, ("range", "30d"), ("q", text), ("key", key?.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The list of API keys, filtered.</summary>
    public static string ApiKeysMatching(SelectedTenant place, string? status, string? search) => In(place, ApiKeys, ("status", status), ("q", search));

    /// <summary>The form that creates an API key.</summary>
    public static string NewApiKey(SelectedTenant place) => In(place, $"{ApiKeys}/new");

    /// <summary>The form that rolls an API key.</summary>
    public static string RollApiKey(SelectedTenant place, ApiKeyId id) => In(place, $"{ApiKeys}/{id.Value}/roll");

    /// <summary>The page of an API key.</summary>
    public static string ApiKey(SelectedTenant place, ApiKeyId id) => In(place, $"{ApiKeys}/{id.Value}");

    /// <summary>The form that creates a throwaway sandbox. Paths below <see cref="Sandbox"/> belong to the API.</summary>
    public static string NewSandbox(SelectedTenant place) => In(place, "/throwaway-sandboxes/new");

    /// <summary>The form that creates a webhook endpoint.</summary>
    public static string NewWebhookEndpoint(SelectedTenant place) => In(place, $"{WebhookEndpoints}/new");

    /// <summary>The page of a webhook endpoint.</summary>
    /// <param name="place">The location and environment.</param>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="tab">The tab to show; null for the first.</param>
    /// <param name="query">Further query parameters of the tab.</param>
    public static string WebhookEndpoint(SelectedTenant place, string id, string? tab = null, params IEnumerable<(string Name, string? Value)> query) =>
        In(place, $"{WebhookEndpoints}/{Uri.EscapeDataString(id)}", [("tab", tab), .. query]);

    /// <summary>The form that creates a secret of a webhook endpoint.</summary>
    public static string NewWebhookSecret(SelectedTenant place, string id) => In(place, $"{WebhookEndpoints}/{Uri.EscapeDataString(id)}/secrets/new");

    /// <summary>The page that shows a secret of a webhook endpoint to members who have confirmed their identity.</summary>
    public static string WebhookSecret(SelectedTenant place, string id, string secretId) =>
        In(place, $"{WebhookEndpoints}/{Uri.EscapeDataString(id)}/secrets/{Uri.EscapeDataString(secretId)}");

    /// <summary>The page of an event that was sent, or will be sent, to a webhook endpoint.</summary>
    public static string WebhookDelivery(SelectedTenant place, string id, long delivery) =>
        In(place, string.Create(CultureInfo.InvariantCulture, $"{WebhookEndpoints}/{Uri.EscapeDataString(id)}/deliveries/{delivery}"));

    /// <summary>The page of a member, for those who manage the account's members.</summary>
    public static string Member(SelectedTenant place, MemberId id) => In(place, $"{Members}/{id.Value}");

    /// <summary>The account's audit trail, filtered by topic and by the member who acted.</summary>
    public static string AuditTrailOf(SelectedTenant place, string? topic, MemberId? actor) =>
        In(place, AuditTrail, ("topic", topic), ("member", actor?.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The form that creates a reset link, with which a member sets up access again.</summary>
    public static string ResetMember(SelectedTenant place, MemberId id) => In(place, $"{Members}/{id.Value}/reset");

    /// <summary>A reset link. The secret follows "#", as in <see cref="SetUpWith"/>.</summary>
    public static string ResetWith(OpaqueSecret secret) => $"{Reset}#{secret.Reveal()}";

    /// <summary>An invitation link. The secret follows "#": browsers do not send that part to the server, so no proxy records it.</summary>
    public static string SetUpWith(OpaqueSecret secret) => $"{SetUp}#{secret.Reveal()}";

    /// <summary>The sign-in page, for visitors who must sign in or confirm their identity; it leads back to <paramref name="returnTo"/>.</summary>
    public static string SignInFor(string returnTo, bool confirm = false) =>
        $"{SignIn}?{(confirm ? "confirm=true&" : "")}returnUrl={Uri.EscapeDataString(returnTo)}";
}
