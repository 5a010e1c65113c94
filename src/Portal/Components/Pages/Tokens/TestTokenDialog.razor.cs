using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>Creates a token from a listed test card. There is no field for a card number, so none can get into the circuit.</summary>
public sealed partial class TestTokenDialog
{
    private static readonly TestCard[] s_cards = [.. TestCards.All.OrderBy(card => card.Outcome is TestCardOutcome.Declines).ThenBy(card => card.Scheme)];

    private string _number = s_cards[0].Number;
    private string _reference = "";
    private string? _error;
    private bool _isBusy;

    /// <summary>Creates the token.</summary>
    [Inject]
    public required ITokenActions Actions { get; init; }

    /// <summary>The clock for the default reference, which contains the time.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Whether the dialog is open.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>Raised when the reader closes the dialog.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => _reference = $"Test {Zone.Write(Clock.GetUtcNow())}";

    private static string Describe(string? number) => TestCards.All.FirstOrDefault(card => card.Number == number) is { } card ? Describe(card) : "";

    private static string Describe(TestCard card) => 
        $"{TestCardFilter.Grouped(card.Number)} · {CardSchemeSpelling.ForPeople(card.Scheme)}, {(card.Outcome is TestCardOutcome.Declines ? "declined" : "authorized")}";

    private async Task CreateAsync()
    {
        // Only listed cards are accepted, even if a forged event names another.
        if (_isBusy || TestCards.All.FirstOrDefault(card => card.Number == _number) is not { } chosen)
        {
            return;
        }

        (_isBusy, _error) = (true, null);
        try
        {
            var created = await AskAsync(who => Actions.CreateTestTokenAsync(who, Selected.Tenant, chosen, _reference));
            if (created?.Value is { } token)
            {
                Navigation.NavigateTo(PortalUrls.Token(Selected, token.Id));
            }

            _error = created?.Refusal is Refusal.Invalid invalid ? string.Join(' ', invalid.Errors.Select(error => error.Message)) : created?.Refusal?.Message;
        }
        catch (UnavailableException fault)
        {
            _error = fault.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
