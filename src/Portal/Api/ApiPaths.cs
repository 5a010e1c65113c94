namespace Dojo.Pci.Portal.Api;

/// <summary>Which addresses belong to the API, for whatever has to treat it unlike the pages.</summary>
internal static class ApiPaths
{
    public const string SetupIntents = "/setup-intents";

    /// <summary>Whether a request is for the API, also where no such resource or method exists.</summary>
    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments(SetupIntents, StringComparison.OrdinalIgnoreCase);
}
