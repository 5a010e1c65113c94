using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Settings;

/// <summary>The account's name, its locations and their settings.</summary>
public sealed partial class SettingsPage
{
    private AccountOverview? _account;
    private bool _mayChange;
    private string? _trouble;

    /// <summary>Reads and changes the settings.</summary>
    [Inject]
    public required IAccountSettings Settings { get; init; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var answer = await AskAsync(who =>
        {
            _mayChange = RoleTable.Allows(who.Role, Operation.ManageSettings);
            return Settings.ReadAsync(who, CancellationToken.None);
        });
        (_account, _trouble) = (answer?.Value, answer?.Refusal?.Message);
    }

    private async Task<Refusal?> RenameAsync(string? name)
    {
        var answer = await AskAsync(who => Settings.RenameAccountAsync(who, name));
        _account = answer?.Value ?? _account;
        return answer?.Refusal;
    }

    // The location selector is outside the page, so the whole page is loaded again to show the new location in both.
    private async Task<Refusal?> AddAsync(string? name)
    {
        var answer = await AskAsync(who => Settings.AddLocationAsync(who, name));
        if (answer?.Value is { } location)
        {
            Navigation.NavigateTo(PortalUrls.In(Selected with { Location = location }, PortalUrls.Settings), forceLoad: true);
        }

        return answer?.Refusal;
    }
}
