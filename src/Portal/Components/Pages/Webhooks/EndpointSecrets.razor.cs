using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The secrets of an endpoint, without their values.</summary>
public sealed partial class EndpointSecrets
{
    private WebhookSecretState? _deleting;

    /// <summary>The endpoint.</summary>
    [Parameter, EditorRequired]
    public required WebhookEndpoint Endpoint { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether to offer the actions that change the secrets.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Makes a secret the active one. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string, Task<Refusal?>> Activate { get; set; }

    /// <summary>Deletes a secret. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string, Task<Refusal?>> Delete { get; set; }

    private static string StateOf(WebhookSecretState secret) => secret.IsActive ? "Active" : secret.SignsUntil is not null ? "Signs too" : "Not active";

    private async Task DeleteItAsync()
    {
        var secret = _deleting;
        _deleting = null;
        if (secret is not null)
        {
            await Delete(secret.Id);
        }
    }
}
