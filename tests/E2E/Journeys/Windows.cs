using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>The windows that every page is tested in.</summary>
internal static class Windows
{
    /// <summary>All windows.</summary>
    public static IReadOnlyList<Screen> All { get; } = [Screen.Desktop, Screen.Tablet, Screen.Phone];

    /// <summary>Returns the window with a width.</summary>
    public static Screen Wide(int width) => All.Single(screen => screen.Width == width);
}
