namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The tabs of an endpoint's page, by their words in its address.</summary>
internal static class EndpointTabs
{
    public const string Parameter = "tab";
    public const string Overview = "overview";
    public const string Deliveries = "deliveries";
    public const string Secrets = "secrets";
    public const string Verify = "verify";

    /// <summary>All tabs, in display order.</summary>
    public static IReadOnlyList<string> All { get; } = [Overview, Deliveries, Secrets, Verify];
}
