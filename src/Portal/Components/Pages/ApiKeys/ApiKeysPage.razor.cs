using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>The API keys of a tenant. The search text and the filter are in the address.</summary>
public sealed partial class ApiKeysPage
{
    private readonly UrlText _search = new();
    private ApiKeyList? _list;
    private Refusal? _refusal;
    private bool _mayManage;

    /// <summary>The search text in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? SearchInUrl { get; set; }

    /// <summary>The status filter in the address.</summary>
    [SupplyParameterFromQuery(Name = "status")]
    public string? StatusInUrl { get; set; }

    /// <summary>Manages the API keys.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    private bool IsFiltered => !string.IsNullOrEmpty(SearchInUrl) || !string.IsNullOrEmpty(StatusInUrl) || _search.Value.Length > 0;

    private string CountText => _list!.Keys.Count == 1 ? "1 key" : $"{_list.Keys.Count:N0} keys";

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        _search.Arrived(ForUrl(SearchInUrl ?? ""));
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (!string.IsNullOrEmpty(StatusInUrl) && ApiKeyWords.FromUrl(StatusInUrl) is null)
        {
            // Without the filter the list would hold more than was asked for.
            var words = string.Join(", ", Enum.GetValues<ApiKeyStatus>().Select(ApiKeyWords.InUrl));
            (_list, _refusal) = (null, new Refusal.Invalid([new FieldError("Status", $"The parameter status of the address must be one of {words}.")]));
            return;
        }

        if (!string.IsNullOrWhiteSpace(SearchInUrl) && ForUrl(SearchInUrl).Length == 0)
        {
            (_list, _refusal) = (null, new Refusal.Invalid([new FieldError("Search", "The parameter q of the address holds a card number or an API key. The search does not accept either.")]));
            return;
        }

        var filter = new ApiKeyFilter(ApiKeyWords.FromUrl(StatusInUrl), _search.Value) { Zone = Zone.Zone };
        var answer = await AskAsync(who =>
        {
            _mayManage = Keys.RefuseChanges(who, Selected.Environment) is not Refusal.Forbidden;
            return Keys.ListAsync(who, Selected.Tenant, filter, CancellationToken.None);
        });
        (_list, _refusal) = (answer?.Value, answer?.Refusal);
    }

    private async Task SearchAsync(string? typed)
    {
        var search = typed ?? "";
        var isNews = _search.Typed(search, ForUrl(search));
        await LoadAsync();
        if (isNews)
        {
            // Replaces the history entry, so that Back leaves the page rather than undoing letters one by one.
            Navigation.NavigateTo(PortalUrls.ApiKeysMatching(Selected, StatusInUrl, ForUrl(search)), new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    private void Filter(string? status) => Navigation.NavigateTo(PortalUrls.ApiKeysMatching(Selected, status, ForUrl(SearchInUrl ?? "")));

    private void Open(ListedApiKey? listed)
    {
        if (listed is not null)
        {
            Navigation.NavigateTo(PortalUrls.ApiKey(Selected, listed.Key.Key.Id));
        }
    }

    private static string StatusText(string? word) => ApiKeyWords.FromUrl(word) is { } status ? ApiKeyWords.Of(status) : "All but deleted";

    // Neither a pasted API key nor a card number may get into the address.
    private static string ForUrl(string search) =>
        search.Contains("sk_", StringComparison.Ordinal) || CardNumberDetector.ContainsCardNumber(search) ? "" : search.Trim();
}
