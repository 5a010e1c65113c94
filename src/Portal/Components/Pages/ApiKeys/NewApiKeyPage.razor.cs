using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Creates an API key.</summary>
public sealed partial class NewApiKeyPage
{
    [SupplyParameterFromForm(FormName = "new-api-key")]
    private KeyForm Input { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Input ??= KeyForm.Fresh();
        return AskWhetherAllowedAsync();
    }

    private async Task SubmitAsync()
    {
        if (!Input.TryExpiry(Clock.GetUtcNow(), Zone, out var expiresAt))
        {
            TakeUnreadableExpiry();
            return;
        }

        var draft = new ApiKeyDraft(Input.Name, new ApiKeyLimits(Input.Scopes, Input.Addresses, expiresAt), Input.FormId);
        Take(await AskAsync(who => Keys.CreateAsync(who, Selected.Tenant, draft, CancellationToken.None)), Input);
    }
}
