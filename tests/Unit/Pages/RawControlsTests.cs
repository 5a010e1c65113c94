using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Interactive pages use MudBlazor's controls; handwritten controls belong in <c>Components/Controls</c>.</summary>
public sealed partial class RawControlsTests
{
    [Fact]
    public void No_page_and_no_layout_writes_a_control_that_the_library_has()
    {
        var components = new DirectoryInfo(Path.Combine(SourceFolder(), "..", "..", "..", "src", "Portal", "Components"));
        var files = new[] { "Pages", "Layout" }.SelectMany(folder => components.GetDirectories(folder).Single().EnumerateFiles("*.razor", SearchOption.AllDirectories)).ToList();

        files.Count.ShouldBeGreaterThan(30, "the pages were not found");
        files.Where(file => RawControl().IsMatch(File.ReadAllText(file.FullName))).Select(file => file.Name).ShouldBeEmpty();
    }

    [GeneratedRegex("<(button|table|dialog|select)[\\s>]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RawControl();

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
