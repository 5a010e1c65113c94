using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A time in the reader's time zone, in the one format of the portal. Its title has the seconds and names the zone. If it shows how long ago the time
/// is, screen readers get the title too, and <c>js/times.js</c> keeps the text current.
/// </summary>
public sealed partial class LocalTime
{
    private string _text = "";
    private string _full = "";
    private long? _ahead;

    /// <summary>The time to show.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether to show how long ago the time is instead of the time itself.</summary>
    [Parameter]
    public bool Relative { get; set; }

    /// <summary>Whether the time is by the clock of the selected tenant; a sandbox's clock may be ahead.</summary>
    [Parameter]
    public bool OfPlace { get; set; }

    /// <summary>The selected location and environment; null if there is none.</summary>
    [CascadingParameter]
    public SelectedTenant? Place { get; set; }

    /// <summary>Provides the reader's time zone.</summary>
    [Inject]
    public required IMemberClock Clock { get; init; }

    private TimeSpan Ahead => OfPlace && Place is { Environment: TenantEnvironment.Sandbox } ? Place.Location.SandboxAhead : TimeSpan.Zero;

    private string Iso => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var time = await Clock.GetAsync();
        _text = Relative ? ZonedTime.WriteRelative(At, Clock.Now + Ahead) : time.Write(At);
        _ahead = Relative ? (long)Ahead.TotalMilliseconds : null;
        _full = time.WriteInFull(At);
    }
}
