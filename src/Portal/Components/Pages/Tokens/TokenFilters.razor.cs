using System.Globalization;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The filters above a list of tokens.</summary>
public sealed partial class TokenFilters
{
    private static readonly (TokenSort Sort, string Name)[] s_sorts =
    [
        (TokenSort.Newest, "Newest first"), (TokenSort.Oldest, "Oldest first"), (TokenSort.Reference, "Reference A–Z"), (TokenSort.ReferenceDescending, "Reference Z–A"),
    ];

    private static readonly (string Name, int Back)[] s_presets = [("Today", 0), ("7 days", 6), ("30 days", 29)];

    private MudDateRangePicker _days = null!;
    private string _lastFour = "";
    private string? _lastFourFault;

    private DateRange Days => new(Query.From?.ToDateTime(TimeOnly.MinValue), Query.To?.ToDateTime(TimeOnly.MinValue));

    // The active filters, each with the query that results from removing it.
    private IEnumerable<(string Name, TokenQuery Without)> Set
    {
        get
        {
            if (Query.Text.Length > 0)
            {
                yield return ($"{(Query.FromStart ? "Starts with" : "Contains")} “{Query.Text}”", Query with { Text = "" });
            }

            if (Query.LastFour.Length > 0)
            {
                yield return ($"Card ending {Query.LastFour}", Query with { LastFour = "" });
            }

            foreach (var status in Query.Statuses)
            {
                yield return (StatusText(status), Query with { Statuses = Query.Statuses.Without(status) });
            }

            foreach (var scheme in Query.Schemes)
            {
                yield return (CardSchemeSpelling.ForPeople(scheme), Query with { Schemes = Query.Schemes.Without(scheme) });
            }

            if (Query.From is not null || Query.To is not null)
            {
                yield return ($"{Day(Query.From, "…")} – {Day(Query.To, "…")}", Query with { From = null, To = null });
            }
        }
    }

    /// <inheritdoc />
    protected override int LongestText => TokenSearch.LongestText;

    /// <inheritdoc />
    protected override string TextOf(TokenQuery query) => query.Text;

    /// <inheritdoc />
    protected override TokenQuery QueryFor(string text) => Query with { Text = text };

    /// <inheritdoc />
    protected override string? Validate(string? typed) => TokenSearchRules.ValidateText(typed)?.Message;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (Query.LastFour.Length > 0 || _lastFourFault is null)
        {
            _lastFour = Query.LastFour;
        }
    }

    private static string Day(DateOnly? day, string none) => day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? none;

    private static string StatusText(SetupIntentStatus status) => status == SetupIntentStatus.CardExpired ? "Card expired" : status.ToString();

    private Task ChooseDays(DateRange? days) => Ask(Query with { From = DayOf(days?.Start), To = DayOf(days?.End) });

    private async Task ChoosePreset(int back)
    {
        var today = Zone.DayOf(Clock.GetUtcNow());
        await _days.CloseAsync(submit: false);
        await Ask(Query with { From = today.AddDays(-back), To = today });
    }

    private static DateOnly? DayOf(DateTime? day) => day is { } known ? DateOnly.FromDateTime(known) : null;

    private async Task TypeLastFour(string? typed)
    {
        _lastFour = (typed ?? "").Trim();
        _lastFourFault = _lastFour.Length == 0 ? null : TokenSearchRules.ValidateLastFour(_lastFour)?.Message;
        if (_lastFourFault is null && _lastFour != Query.LastFour)
        {
            await Ask(Query with { LastFour = _lastFour });
        }
    }
}
