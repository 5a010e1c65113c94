using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>A form that creates or shows a secret of a webhook endpoint.</summary>
public abstract class WebhookFormPage : SecretFormPage
{
    /// <summary>Manages the endpoints.</summary>
    [Inject]
    public required IWebhookManagement Webhooks { get; init; }
}
