using System.Globalization;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Cards;

/// <summary>The cards of a tenant that have several tokens.</summary>
public sealed partial class CardsPage
{
    private const int PageSize = 20;

    private Tenant? _tenant;
    private List<DuplicateCard>? _cards;
    private string? _after;
    private string? _fault;
    private bool _isLoading;

    /// <summary>Finds the cards.</summary>
    [Inject]
    public required ITokenBrowser Browser { get; init; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_tenant != Selected.Tenant && RendererInfo.IsInteractive)
        {
            (_tenant, _cards, _fault) = (Selected.Tenant, null, null);
            await RefreshAsync();
        }
    }

    private static string CountOf(DuplicateCard card) => string.Create(CultureInfo.InvariantCulture, $"{card.Count.Value:N0}{(card.Count.IsCapped ? "+" : "")}");

    private string TokensEndingLike(DuplicateCard card) => PortalUrls.In(
        Selected, PortalUrls.Tokens, new TokenQuery { LastFour = card.Card.Masked.LastFour, Schemes = [card.Card.Scheme] }.Parameters);

    private Task RefreshAsync() => LoadAsync(after: null);

    private Task LoadMoreAsync() => LoadAsync(_after);

    private async Task LoadAsync(string? after)
    {
        var asked = _tenant!.Value;
        _isLoading = true;
        try
        {
            var answer = await AskAsync(who => Browser.ListDuplicateCardsAsync(who, asked, after, PageSize, CancellationToken.None));
            if (answer is { } page && _tenant == asked)
            {
                _fault = page.Refusal?.Message;
                _cards = page.Value is { } found ? [.. after is null ? [] : _cards ?? [], .. found.Items] : _cards;
                _after = page.Value?.After;
            }
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            _isLoading = false;
        }
    }
}
