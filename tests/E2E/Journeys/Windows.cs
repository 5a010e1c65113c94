using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>The windows that every page is looked at through.</summary>
internal static class Windows
{
    /// <summary>Each of them.</summary>
    public static IReadOnlyList<Screen> All { get; } = [Screen.Desktop, Screen.Tablet, Screen.Phone];

    /// <summary>The window of a width.</summary>
    public static Screen Wide(int width) => All.Single(screen => screen.Width == width);
}
