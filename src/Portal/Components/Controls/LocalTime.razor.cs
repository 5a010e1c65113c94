using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A time in the reader's own time zone, which only the browser knows: js/times.js writes it. Its title says it in UTC.</summary>
public sealed partial class LocalTime
{
    /// <summary>When.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>How much of it is shown.</summary>
    [Parameter]
    public TimeStyle Style { get; set; }

    private string Iso => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private string Utc => At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>How much of a time is shown.</summary>
public enum TimeStyle
{
    /// <summary>Day, month and time of day; the year where it is another.</summary>
    Compact,

    /// <summary>All of it.</summary>
    Full,
}
