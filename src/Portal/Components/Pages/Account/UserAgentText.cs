namespace Dojo.Pci.Portal.Components.Pages.Account;

/// <summary>Shortens a user agent string to the names of the browser and the system. Only for people to tell their sessions apart.</summary>
internal static class UserAgentText
{
    // Most browsers name other browsers too, so the order matters.
    private static readonly (string Mark, string Name)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] s_systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var browser = Find(s_browsers, userAgent) ?? "Unknown browser";
        return Find(s_systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Name)[] names, string userAgent) =>
        Array.Find(names, name => userAgent.Contains(name.Mark, StringComparison.Ordinal)).Name;
}
