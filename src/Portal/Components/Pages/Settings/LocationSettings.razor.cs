using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Settings;

/// <summary>The settings of one location. Each is saved as soon as it is changed.</summary>
public sealed partial class LocationSettings
{
    private RetentionPreview? _preview;
    private int? _days;
    private string? _notice;
    private string? _trouble;

    /// <summary>The location.</summary>
    [Parameter, EditorRequired]
    public required Location Location { get; set; }

    /// <summary>Whether the member may change the settings.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Reads and changes the settings.</summary>
    [Inject]
    public required IAccountSettings Settings { get; init; }

    private string TitleId => $"location-{Location.Id.Value}";

    private string RetentionId => $"retention-{Location.Id.Value}";

    /// <inheritdoc />
    protected override void OnInitialized() => _days = Location.Retention.Days;

    private static string DestructionOf(RetentionPreview preview) => preview switch
    {
        { Cards: 0 } => "Nothing is destroyed now; card data is destroyed earlier from now on.",
        { IsMore: true } => $"The card data of more than {RetentionPreview.CountedUpTo:N0} finished tokens is destroyed within minutes, for good.",
        { Cards: 1 } => "The card data of 1 finished token is destroyed within minutes, for good.",
        _ => $"The card data of {preview.Cards:N0} finished tokens is destroyed within minutes, for good.",
    };

    // The location selector is outside the page, so the whole page is reloaded to show the new name in both.
    private async Task<Refusal?> RenameAsync(string? name)
    {
        var answer = await AskAsync(who => Settings.RenameLocationAsync(who, Location.Id, name));
        if (answer is { IsSuccess: true })
        {
            Navigation.Refresh(forceReload: true);
        }

        return answer?.Refusal;
    }

    private Task SetUniqueAsync(bool unique) => ChangeAsync(who => Settings.SetUniqueReferencesAsync(who, Location.Id, unique));

    private Task SetRepeatedAsync(bool allowed) => ChangeAsync(who => Settings.SetRepeatedChargesAsync(who, Location.Id, allowed));

    private async Task AskForRetentionAsync()
    {
        (_notice, _trouble) = (null, null);
        if (_days is not { } days)
        {
            _trouble = "Enter a number of days; 0 destroys card data at once.";
            return;
        }

        if (days == Location.Retention.Days)
        {
            _notice = "Nothing changed";
            return;
        }

        if (days > Location.Retention.Days)
        {
            await SetRetentionAsync(days);
        }
        else if (await AskAsync(who => Settings.PreviewRetentionAsync(who, Location.Id, days, CancellationToken.None)) is { } answer)
        {
            (_preview, _trouble) = (answer.Value, MessageOf(answer.Refusal));
        }
    }

    private Task SetRetentionAsync(int days) => ChangeAsync(who => Settings.SetRetentionAsync(who, Location.Id, days));

    private void KeepRetention() => (_preview, _days) = (null, Location.Retention.Days);

    private async Task ChangeAsync(Func<SignedInMember, Task<Result<Location>>> change)
    {
        if (await AskAsync(change) is { } answer)
        {
            Location = answer.Value ?? Location;
            (_preview, _days) = (null, Location.Retention.Days);
            (_notice, _trouble) = (answer.IsSuccess ? "Saved" : null, MessageOf(answer.Refusal));
        }
    }

    private static string? MessageOf(Refusal? refusal) => refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : refusal?.Message;
}
