using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>Shows an existing secret to a member who has just confirmed their identity.</summary>
public sealed partial class WebhookSecretPage
{
    private WebhookSecret? _secret;

    /// <summary>The endpoint's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The secret's id.</summary>
    [Parameter]
    public string SecretId { get; set; } = "";

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => AskWhetherAllowedAsync(Webhooks.RefuseRevealing);

    private async Task RevealAsync()
    {
        var answer = await AskAsync(who => Webhooks.RevealSecretAsync(who, Selected.Tenant, Id, SecretId));
        _secret = answer?.Value;
        Take(answer?.Refusal);
    }
}
