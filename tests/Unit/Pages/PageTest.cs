using Bunit;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Renders pages in memory, with a clock and health checks that the test holds in its hand.</summary>
public abstract class PageTest : BunitContext
{
    private protected PageTest()
    {
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new HealthWatch(Health, Clock));
        JSInterop.Mode = JSRuntimeMode.Loose;

        // Not a pause: how long a page that never shows what it should is given until that is said, on a machine that is busy.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);

        // Menus and dialogs are drawn by providers that stand in the layout, which these tests leave out.
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
    }

    private IRenderedComponent<MudDialogProvider>? _dialogs;

    /// <summary>Where dialogs are drawn. Ask for it before what opens one.</summary>
    private protected IRenderedComponent<MudDialogProvider> Dialogs => _dialogs ??= Render<MudDialogProvider>();

    private protected SteppedClock Clock { get; } = new();

    private protected StubHealth Health { get; } = new();
}
