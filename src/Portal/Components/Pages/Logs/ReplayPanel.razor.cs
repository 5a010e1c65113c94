using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Repeats a logged tokenization with a listed test card. There is no field for a card number, so none can get into the circuit.</summary>
public sealed partial class ReplayPanel
{
    private const int YearsToExpiry = 3;

    private string _number = TestCards.All[0].Number;
    private ReplayedRequest? _replayed;
    private string? _error;
    private bool _isBusy;

    /// <summary>The request's number in the log.</summary>
    [Parameter, EditorRequired]
    public long Id { get; set; }

    /// <summary>Sends the request.</summary>
    [Inject]
    public required IRequestReplay Replay { get; init; }

    /// <summary>Builds a request from what was logged.</summary>
    [Inject]
    public required IReplayedBody Body { get; init; }

    /// <summary>Writes the response as the API does.</summary>
    [Inject]
    public required ISetupIntentJson Json { get; init; }

    /// <summary>The clock from which the card's expiry is counted.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private static string Describe(string? number) => TestCards.All.FirstOrDefault(card => card.Number == number) is { } card ? $"{TestCardFilter.Grouped(card.Number)} · {card.Note}" : "";

    private async Task RunAsync()
    {
        // Only listed cards are accepted, even if a forged event names another.
        if (_isBusy || TestCards.All.FirstOrDefault(card => card.Number == _number) is not { } chosen)
        {
            return;
        }

        (_isBusy, _error, _replayed) = (true, null, null);
        try
        {
            var answer = await AskAsync(who => Replay.ReplayAsync(
                who, Selected.Tenant, Id, body => Body.Compose(body, chosen, Clock.GetUtcNow().AddYears(YearsToExpiry)), CancellationToken.None));
            (_replayed, _error) = (answer?.Value, answer?.Refusal?.Message);
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
