namespace Dojo.Pci.Portal.Components;

/// <summary>The theme that the visitor has chosen.</summary>
public enum ThemeChoice
{
    /// <summary>Follows the operating system's setting, also when it changes.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}

/// <summary>Reads the choice from the cookie and writes it into the document. <c>js/theme.js</c> writes both with the same words.</summary>
internal static class ThemeChoices
{
    public const string Cookie = "portal-theme";

    /// <summary>Reads the choice from the cookie. An unknown value counts as no choice.</summary>
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
