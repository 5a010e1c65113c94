using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>Creates a webhook endpoint, and shows its secret.</summary>
public sealed partial class NewWebhookEndpointPage
{
    private MadeWebhook? _made;

    [SupplyParameterFromForm(FormName = "new-webhook")]
    private Form Input { get; set; } = null!;

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Input ??= new Form { Events = [.. WebhookEvents.Names] };
        return AskWhetherAllowedAsync(who => Webhooks.RefuseChanges(who, Selected.Environment));
    }

    private async Task SubmitAsync()
    {
        var draft = new WebhookDraft(Input.Url, Input.Description, [.. Input.Events]);
        var answer = await AskAsync(who => Webhooks.CreateAsync(who, Selected.Tenant, draft));
        _made = answer?.Value;
        Take(answer?.Refusal);

        // A refused text may be, or contain, a card number.
        var faults = (answer?.Refusal as Refusal.Invalid)?.Errors ?? [];
        Input.Description = faults.Any(fault => fault.Field == nameof(Form.Description)) ? "" : Input.Description;
    }

    /// <summary>The fields of the form; plain text until the vault has validated them.</summary>
    public sealed class Form
    {
        /// <summary>The URL.</summary>
        public string? Url { get; set; }

        /// <summary>The description.</summary>
        public string? Description { get; set; }

        /// <summary>The names of the events that are ticked.</summary>
        public IList<string> Events { get; set; } = [];
    }
}
