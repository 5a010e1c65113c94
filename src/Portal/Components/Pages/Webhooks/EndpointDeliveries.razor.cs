using System.Globalization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The deliveries to an endpoint, newest first: filtered, updated live and sent again. The filters are in the address.</summary>
public sealed partial class EndpointDeliveries
{
    /// <summary>Sending more events again than this requires typing their number.</summary>
    private const int ConfirmedByTyping = 20;

    private readonly List<ListedWebhookDelivery> _items = [];
    private DeliveryQuery _query = new();
    private IReadOnlyList<FieldError> _misread = [];
    private (string Id, DeliveryQuery Query)? _loaded;
    private WebhookReplayPlan? _plan;
    private long? _before;
    private string? _fault;
    private string _typed = "";
    private bool _isLoading = true;
    private bool _isBusy;
    private bool _isPointed;
    private bool _isFocused;
    private bool _isStale;
    private int _searches;

    /// <summary>The endpoint.</summary>
    [Parameter, EditorRequired]
    public required WebhookEndpoint Endpoint { get; set; }

    /// <summary>Whether to offer to send events again.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Reads the deliveries, and sends events again.</summary>
    [Inject]
    public required IWebhookHistory History { get; init; }

    private DateRange? Days => _query.From is null && _query.To is null
        ? null
        : new DateRange(_query.From?.ToDateTime(TimeOnly.MinValue), _query.To?.ToDateTime(TimeOnly.MinValue));

    private bool IsConfirmed => _plan is { } plan && (plan.Count <= ConfirmedByTyping || _typed.Trim() == plan.Count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Shows what was queued or sent, unless that would move rows that the reader is looking at.</summary>
    public async Task TakeInAsync()
    {
        if (_items.Count > 0 && (_isPointed || _isFocused || _items.Count > WebhookDeliveryList.Largest))
        {
            await RefreshShownAsync();
        }
        else
        {
            await ReloadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        (_query, _misread) = DeliveryQuery.Read(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query));
        if (_misread.Count == 0 && _loaded != (Endpoint.Id, _query))
        {
            _loaded = (Endpoint.Id, _query);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        var search = ++_searches;
        if (await SearchAsync(before: null) is not { } page || search != _searches)
        {
            return; // a newer search has started, or the page could not be loaded
        }

        _items.Clear();
        _items.AddRange(page.Items);
        (_before, _isStale) = (page.Before, false);
        StateHasChanged();
    }

    private async Task LoadMoreAsync()
    {
        var search = _searches;
        if (_before is { } before && await SearchAsync(before) is { } page && search == _searches)
        {
            _items.AddRange(page.Items);
            _before = page.Before;
        }
    }

    // Updates the shown rows in place; new rows wait until the reader asks for them.
    private async Task RefreshShownAsync()
    {
        if (await SearchAsync(before: null) is not { } page)
        {
            return;
        }

        foreach (var item in page.Items)
        {
            var index = _items.FindIndex(shown => shown.Id == item.Id);
            if (index >= 0)
            {
                _items[index] = item;
            }
        }

        _isStale |= page.Items.Count > 0 && page.Items[0].Id > _items[0].Id;
        StateHasChanged();
    }

    private async Task<WebhookDeliveryList?> SearchAsync(long? before)
    {
        try
        {
            var answer = await AskAsync(who => History.ListAsync(who, Selected.Tenant, Endpoint.Id, _query.ToFilter(Zone), before, CancellationToken.None));
            (_fault, _isLoading) = (answer?.Refusal?.Message, false);
            return answer?.Value;
        }
        catch (UnavailableException fault)
        {
            (_fault, _isLoading) = (fault.Message, false);
            StateHasChanged();
            return null;
        }
    }

    private async Task PlanAsync(WebhookDeliveryFilter filter)
    {
        var answer = await AskAsync(who => History.PlanReplayAsync(who, Selected.Tenant, Endpoint.Id, filter, CancellationToken.None));
        (_plan, _typed, _fault) = (answer?.Value, "", answer?.Refusal?.Message);
    }

    private async Task ReplayAsync()
    {
        if (_plan is not { } plan)
        {
            return;
        }

        _isBusy = true;
        var answer = await AskAsync(who => History.ReplayAsync(who, Selected.Tenant, Endpoint.Id, plan));
        (_isBusy, _plan, _fault) = (false, null, answer?.Refusal?.Message);
        await ReloadAsync();
    }

    private void Open(ListedWebhookDelivery? delivery)
    {
        if (delivery is not null)
        {
            Navigation.NavigateTo(PortalUrls.WebhookDelivery(Selected, Endpoint.Id, delivery.Id));
        }
    }

    private void ChooseDays(DateRange? days) => MoveTo(_query with { From = DayOf(days?.Start), To = DayOf(days?.End) });

    private static DateOnly? DayOf(DateTime? day) => day is { } known ? DateOnly.FromDateTime(known) : null;

    private void MoveTo(DeliveryQuery query) => Navigation.NavigateTo(PortalUrls.WebhookEndpoint(Selected, Endpoint.Id, EndpointTabs.Deliveries, query.Parameters));
}
