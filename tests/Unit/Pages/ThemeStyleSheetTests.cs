using System.Runtime.CompilerServices;
using Dojo.Pci.Portal.Components.Theme;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class ThemeStyleSheetTests
{
    private const string Switch = "PORTAL_WRITE_THEME";

    [Fact]
    public void The_style_sheet_that_is_served_is_the_theme()
    {
        var path = Path.Combine(SourceFolder(), "..", "..", "..", "src", "Portal", "wwwroot", "theme.css");
        var expected = ThemeStyleSheet.Write();
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(path, expected);
        }

        File.ReadAllText(path).ShouldBe(expected, $"Run this test with {Switch}=1 to write the style sheet again.");
    }

    [Fact]
    public void Dark_overrides_light_by_choice_and_by_the_systems_wish()
    {
        var css = ThemeStyleSheet.Write();

        css.ShouldContain(":root[data-theme=dark]");
        css.ShouldContain("@media (prefers-color-scheme: dark)");
        css.Split("--mud-palette-background:").Length.ShouldBe(4, "light, dark, and dark by the system's wish");
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
