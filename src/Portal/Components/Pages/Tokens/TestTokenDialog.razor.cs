using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>Makes a token of a listed test card. There is no field for a card number, so none can get onto the circuit.</summary>
public sealed partial class TestTokenDialog
{
    private static readonly TestCard[] s_cards = [.. TestCards.All.OrderBy(card => card.Outcome is TestCardOutcome.Declines).ThenBy(card => card.Scheme)];

    private string _number = s_cards[0].Number;
    private string _reference = "";
    private string? _error;
    private bool _isBusy;

    /// <summary>Makes it.</summary>
    [Inject]
    public required ITokenActions Actions { get; init; }

    /// <summary>For a reference that says when.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Whether it is shown.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>The reader closes it.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => _reference = $"Test {Zone.Write(Clock.GetUtcNow())}";

    private static string Describe(string? number) => TestCards.All.FirstOrDefault(card => card.Number == number) is { } card ? Describe(card) : "";

    private static string Describe(TestCard card) => 
        $"{TestCardFilter.Grouped(card.Number)} · {CardSchemeSpelling.ForPeople(card.Scheme)}, {(card.Outcome is TestCardOutcome.Declines ? "declined" : "authorized")}";

    private async Task CreateAsync()
    {
        // Only what is on the list, no matter what an event says that somebody made up.
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
