using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>A component that writes or reads times in the reader's zone by itself, where a <c>LocalTime</c> does not do.</summary>
public abstract class ZonedComponent : ComponentBase
{
    /// <summary>In which zone times are written and read. Set before any other method of the component runs.</summary>
    protected ZonedTime Zone { get; private set; } = ZonedTime.Utc;

    /// <summary>The reader's zone.</summary>
    [Inject]
    public required IMemberClock MemberClock { get; init; }

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // Set before anything is awaited: a view of parameters is good for this call alone.
        parameters.SetParameterProperties(this);
        Zone = await MemberClock.GetAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
