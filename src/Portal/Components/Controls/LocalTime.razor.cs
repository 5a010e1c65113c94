using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A time in the reader's own time zone, in the one format of the portal. Its title has the seconds and names the zone; where it says how long ago it is, screen readers hear that too, and <c>js/times.js</c> keeps it true.</summary>
public sealed partial class LocalTime
{
    private string _text = "";
    private string _full = "";
    private long? _ahead;

    /// <summary>When.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether to say how long ago it is instead of when.</summary>
    [Parameter]
    public bool Relative { get; set; }

    /// <summary>Whether it is by the clock of the place that is shown: that of a sandbox may be ahead.</summary>
    [Parameter]
    public bool OfPlace { get; set; }

    /// <summary>The place that is shown; null outside of one.</summary>
    [CascadingParameter]
    public SelectedTenant? Place { get; set; }

    /// <summary>The reader's zone.</summary>
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
