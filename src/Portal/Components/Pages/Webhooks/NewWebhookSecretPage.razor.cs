using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>Creates a secret that replaces another.</summary>
public sealed partial class NewWebhookSecretPage
{
    private WebhookEndpoint? _endpoint;
    private Refusal? _missing;
    private WebhookSecret? _made;
    private string? _newest;
    private bool _isActive;

    /// <summary>The endpoint's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromForm(FormName = "new-secret")]
    private Form Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new Form();
        await AskWhetherAllowedAsync(who => Webhooks.RefuseChanges(who, Selected.Environment));
        var answer = await AskAsync(who => Webhooks.GetAsync(who, Selected.Tenant, Id, CancellationToken.None));
        (_endpoint, _missing) = (answer?.Value, answer?.Refusal);
        _newest = Input.Newest ?? _endpoint?.Secrets[^1].Id;
    }

    private async Task SubmitAsync()
    {
        _isActive = Input.When == Form.Now;
        var answer = await AskAsync(who => Webhooks.AddSecretAsync(who, Selected.Tenant, Id, Input.Newest, _isActive));
        _made = answer?.Value;
        Take(answer?.Refusal);
    }

    /// <summary>The fields of the form.</summary>
    public sealed class Form
    {
        /// <summary>The value of <see cref="When"/> that makes the new secret sign at once.</summary>
        public const string Now = "now";

        /// <summary>The newest secret when the form was opened, so that a form that is sent twice creates only one.</summary>
        public string? Newest { get; set; }

        /// <summary>When the new secret signs.</summary>
        public string? When { get; set; }
    }
}
