using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Creates the key that replaces another.</summary>
public sealed partial class RollApiKeyPage
{
    private ManagedApiKey? _old;
    private Refusal? _missing;

    /// <summary>The old key's number.</summary>
    [Parameter]
    public long Id { get; set; }

    private ApiKeyId KeyId => new(Id);

    [SupplyParameterFromForm(FormName = "roll-api-key")]
    private KeyForm Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= KeyForm.Fresh();
        await AskWhetherAllowedAsync();
        var answer = await AskAsync(who => Keys.GetAsync(who, Selected.Tenant, KeyId, CancellationToken.None));
        (_old, _missing) = (answer?.Value, answer?.Refusal);
    }

    private async Task SubmitAsync()
    {
        var now = Clock.GetUtcNow();
        if (!Input.TryExpiry(now, Zone, out var expiresAt))
        {
            TakeUnreadableExpiry();
            return;
        }

        var roll = new ApiKeyRoll(Input.Name, expiresAt, Input.RetirementAfter(now), Input.FormId);
        Take(await AskAsync(who => Keys.RollAsync(who, Selected.Tenant, KeyId, roll)), Input);
    }
}
