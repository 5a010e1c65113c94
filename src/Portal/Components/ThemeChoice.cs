namespace Dojo.Pci.Portal.Components;

/// <summary>Which theme the visitor asked for.</summary>
public enum ThemeChoice
{
    /// <summary>As the operating system says; follows it when it changes.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}

/// <summary>The choice as it stands in the cookie and in the document. <c>js/theme.js</c> writes both with the same words.</summary>
internal static class ThemeChoices
{
    public const string Cookie = "portal-theme";

    /// <summary>A cookie is input like any other: what is not a known choice counts as none.</summary>
    public static ThemeChoice Read(HttpRequest request) => request.Cookies[Cookie] switch
    {
        "light" => ThemeChoice.Light,
        "dark" => ThemeChoice.Dark,
        _ => ThemeChoice.System,
    };

    public static string ToAttribute(this ThemeChoice choice) => choice switch
    {
        ThemeChoice.Light => "light",
        ThemeChoice.Dark => "dark",
        _ => "system",
    };
}
