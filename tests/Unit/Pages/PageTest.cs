using Bunit;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Renders pages in memory, with a clock and health checks that the test controls.</summary>
public abstract class PageTest : BunitContext, IMemberClock
{
    private protected PageTest()
    {
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new HealthWatch(Health, Clock));
        Services.AddSingleton<IMemberClock>(this);
        JSInterop.Mode = JSRuntimeMode.Loose;

        // Not a pause, but the limit for a failing expectation on a busy machine.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);

        // Providers in the layout render menus and dialogs, and these tests omit the layout.
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
    }

    private IRenderedComponent<MudDialogProvider>? _dialogs;

    /// <summary>Renders the dialogs. Access it before opening one.</summary>
    private protected IRenderedComponent<MudDialogProvider> Dialogs => _dialogs ??= Render<MudDialogProvider>();

    private protected SteppedClock Clock { get; } = new();

    /// <summary>
    /// Lets seconds pass until the page shows what it should. One step may not be enough: the library's components wait on the same clock, so a
    /// waiting timer need not be the page's.
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

    /// <summary>The time zone of the reader.</summary>
    private protected ZonedTime Zone { get; set; } = ZonedTime.Utc;

    DateTimeOffset IMemberClock.Now => Clock.GetUtcNow();

    ValueTask<ZonedTime> IMemberClock.GetAsync() => new(Zone);

    private protected StubHealth Health { get; } = new();
}
