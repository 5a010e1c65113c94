using System.Text;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Theme;

/// <summary>
/// Writes the theme as the style sheet <c>wwwroot/theme.css</c>. MudBlazor's own provider writes a style element into the page, which
/// the content security policy refuses, and knows the visitor's scheme only once there is a circuit. A test compares the file with the output of this
/// class.
/// </summary>
internal sealed class ThemeStyleSheet : MudThemeProvider
{
    private ThemeStyleSheet(MudTheme theme)
    {
        Theme = theme;
        OnInitialized();
    }

    /// <summary>Returns the style sheet: light unless the document's <c>data-theme</c>, or the system that it defers to, says dark.</summary>
    public static string Write()
    {
        var light = DeclarationsOf(PortalColors.Light);
        var dark = DeclarationsOf(PortalColors.Dark).Except(light, StringComparer.Ordinal).ToList();
        var css = new StringBuilder("/* Generated from PortalTheme by ThemeStyleSheet. A test compares the two and says how to write it again. */\n");
        Append(css, ":root", "", light);
        Append(css, ":root[data-theme=dark]", "", dark);
        css.Append("@media (prefers-color-scheme: dark) {\n");
        Append(css, ":root[data-theme=system]", "  ", dark);
        return css.Append("}\n").ToString();
    }

    private static List<string> DeclarationsOf(PaletteLight palette)
    {
        var text = new StringBuilder();
        new ThemeStyleSheet(PortalTheme.Over(palette)).GenerateTheme(text);
        return [.. text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static void Append(StringBuilder css, string selector, string indent, IEnumerable<string> declarations)
    {
        css.Append(indent).Append(selector).Append(" {\n");
        foreach (var declaration in declarations)
        {
            css.Append(indent).Append("  ").Append(declaration).Append('\n');
        }

        css.Append(indent).Append("}\n");
    }
}
