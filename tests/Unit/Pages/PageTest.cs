using Bunit;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Renders pages in memory, with a clock and health checks that the test holds in its hand.</summary>
public abstract class PageTest : BunitContext, IMemberClock
{
    private protected PageTest()
    {
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new HealthWatch(Health, Clock));
        Services.AddSingleton<IMemberClock>(this);
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

    /// <summary>
    /// Lets seconds pass until the page shows what it should. One step may not be enough: components of the library wait by the same clock,
    /// so whether somebody waits does not tell whether the page does.
    /// </summary>
    private protected async Task AdvanceUntilAsync(Action assertion)
    {
        for (var patience = 400; ; patience--)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception notYet) when (patience > 0 && notYet is ShouldAssertException or ArgumentOutOfRangeException)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(50, Xunit.TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The zone of the reader.</summary>
    private protected ZonedTime Zone { get; set; } = ZonedTime.Utc;

    DateTimeOffset IMemberClock.Now => Clock.GetUtcNow();

    ValueTask<ZonedTime> IMemberClock.GetAsync() => new(Zone);

    private protected StubHealth Health { get; } = new();
}
