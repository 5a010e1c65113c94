using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>The windows that every page is looked at through.</summary>
internal static class Windows
{
    private static readonly Screen[] s_screens = [Screen.Desktop, Screen.Tablet, Screen.Phone];

    /// <summary>Each page in each width.</summary>
    public static TheoryData<string, string, bool, int> Of(params (string Name, string Address, bool HasCircuit)[] pages)
    {
        var cases = new TheoryData<string, string, bool, int>();
        foreach (var (name, address, hasCircuit) in pages)
        {
            foreach (var screen in s_screens)
            {
                cases.Add(name, address, hasCircuit, screen.Width);
            }
        }

        return cases;
    }

    /// <summary>The window of a width.</summary>
    public static Screen Wide(int width) => s_screens.Single(screen => screen.Width == width);
}
