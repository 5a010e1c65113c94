using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The webhook endpoints of a tenant, and their health.</summary>
public sealed partial class WebhookEndpointsPage
{
    private WebhookEndpointList? _list;
    private Refusal? _refusal;
    private string? _fault;
    private bool _mayManage;
    private bool _isBusy;

    /// <summary>Manages the endpoints.</summary>
    [Inject]
    public required IWebhookManagement Webhooks { get; init; }

    private bool IsSandbox => Selected.Environment == TenantEnvironment.Sandbox;

    private bool MayInspect => IsSandbox && _list is not null && _list.Items.All(endpoint => endpoint.Kind != WebhookKind.Inspector);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var answer = await AskAsync(who =>
        {
            _mayManage = Webhooks.RefuseChanges(who, Selected.Environment) is not Refusal.Forbidden;
            return Webhooks.ListAsync(who, Selected.Tenant, CancellationToken.None);
        });
        (_list, _refusal) = (answer?.Value, answer?.Refusal);
    }

    // Only the portal can use the inspector's secret, so it is not shown.
    private async Task InspectAsync()
    {
        _isBusy = true;
        var answer = await AskAsync(who => Webhooks.CreateAsync(who, Selected.Tenant, new WebhookDraft(WebhookUrls.Inspector, null, WebhookEvents.Names)));
        (_isBusy, _fault) = (false, answer?.Refusal?.Message);
        if (answer?.Value is { } made)
        {
            Navigation.NavigateTo(PortalUrls.WebhookEndpoint(Selected, made.Id, EndpointTabs.Deliveries));
        }
    }

    private void Open(WebhookEndpoint? endpoint)
    {
        if (endpoint is not null)
        {
            Navigation.NavigateTo(PortalUrls.WebhookEndpoint(Selected, endpoint.Id));
        }
    }
}
