namespace Dojo.Pci.Portal;

/// <summary>Every address of the portal, in one place: links, redirects and tests build theirs here.</summary>
internal static class PortalUrls
{
    public const string Home = "/";
    public const string TestCards = "/docs/test-cards";
    public const string NotFound = "/not-found";
    public const string Error = "/error";

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
}
