using Bunit;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Renders pages in memory, with a clock and health checks that the test holds in its hand.</summary>
public abstract class PageTest : BunitContext
{
    private protected PageTest()
    {
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new HealthWatch(Health, Clock));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    private protected SteppedClock Clock { get; } = new();

    private protected StubHealth Health { get; } = new();
}
