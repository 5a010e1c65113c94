using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Account;

/// <summary>Chooses the time zone in which the member reads times.</summary>
public sealed partial class TimeZoneForm
{
    private string? _chosen;
    private ZonedTime _now = ZonedTime.Utc;
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Stores the choice.</summary>
    [Inject]
    public required IMemberPreferences Preferences { get; init; }

    /// <summary>Provides the current time zone.</summary>
    [Inject]
    public required IMemberClock Clock { get; init; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromForm(FormName = "time-zone")]
    private TimeZoneInput Input { get; set; } = null!;

    // A chosen zone stays in the list even if its name is an older one.
    private IEnumerable<(string Value, string Text)> Choices
    {
        get
        {
            var names = TimeZones.All.Select(zone => zone.Id);
            var known = _chosen is { } chosen ? names.Append(chosen).Distinct(StringComparer.Ordinal) : names;
            return known.Select(zone => (zone, zone)).Prepend(("", $"The time zone of the browser{(_chosen is null ? $" ({_now.ZoneName})" : "")}"));
        }
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new TimeZoneInput();
        _chosen = (await Current.FindAsync())?.TimeZone;
        _now = await Clock.GetAsync();
    }

    private async Task ChooseAsync()
    {
        if (await Current.FindAsync() is not { } who)
        {
            return;
        }

        var answer = await Preferences.ChooseTimeZoneAsync(who, Input.TimeZone);
        if (answer.IsSuccess)
        {
            Navigation.NavigateTo($"{PortalUrls.Account}?done=zone");
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _faults = (answer.Refusal as Refusal.Invalid)?.Errors ?? [];
        }
    }

    /// <summary>The fields of the form.</summary>
    internal sealed class TimeZoneInput
    {
        /// <summary>The name of the zone; empty for that of the browser.</summary>
        public string? TimeZone { get; set; }
    }
}
