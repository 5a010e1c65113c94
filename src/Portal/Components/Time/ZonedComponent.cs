using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>A component that formats or parses times in the reader's zone itself, where a <c>LocalTime</c> is not enough.</summary>
public abstract class ZonedComponent : ComponentBase
{
    /// <summary>The zone in which times are formatted and parsed. Set before any other method of the component runs.</summary>
    protected ZonedTime Zone { get; private set; } = ZonedTime.Utc;

    /// <summary>Provides the reader's time zone.</summary>
    [Inject]
    public required IMemberClock MemberClock { get; init; }

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // Set before anything is awaited: a ParameterView is valid only during this call.
        parameters.SetParameterProperties(this);
        Zone = await MemberClock.GetAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
