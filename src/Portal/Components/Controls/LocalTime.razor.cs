using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A time in the reader's own time zone, in the one format of the portal. Its title has the seconds and names the zone.</summary>
public sealed partial class LocalTime
{
    private string _text = "";
    private string _full = "";

    /// <summary>When.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether to say how long ago it is instead of when.</summary>
    [Parameter]
    public bool Relative { get; set; }

    /// <summary>The reader's zone.</summary>
    [Inject]
    public required IMemberClock Clock { get; init; }

    private string Iso => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var time = await Clock.GetAsync();
        _text = Relative ? ZonedTime.WriteRelative(At, Clock.Now) : time.Write(At);
        _full = time.WriteInFull(At);
    }
}
