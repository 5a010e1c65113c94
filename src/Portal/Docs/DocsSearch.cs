using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Docs;

/// <summary>A searchable place in the documentation.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Part">The part to which it belongs: a guide's title, or the kind of page.</param>
/// <param name="Address">Its path, with the anchor.</param>
/// <param name="Text">Its text.</param>
public sealed record DocsEntry(string Title, string Part, string Address, string Text);

/// <summary>A place that was found, with the text around the first word.</summary>
/// <param name="Entry">The place.</param>
/// <param name="Before">The text before the word.</param>
/// <param name="Match">The word as it is written there; empty if the text does not contain it.</param>
/// <param name="After">The text after the word.</param>
public sealed record DocsHit(DocsEntry Entry, string Before, string Match, string After);

/// <summary>Searches the documentation for places that contain every word. Titles count more than text.</summary>
internal static class DocsSearch
{
    /// <summary>The most hits that are shown.</summary>
    public const int Most = 20;

    /// <summary>The longest search that is answered, in characters.</summary>
    public const int LongestQuery = 100;

    private const int Around = 70;

    private static readonly DocsEntry[] s_entries = 
    [
        .. GuideLibrary.All.SelectMany(EntriesOf),
        .. ApiDescription.Operations.Select(operation => new DocsEntry(operation.Summary, $"{operation.Method} {operation.Path}", PortalUrls.Operation(operation.Slug), operation.Description)),
        .. ErrorCatalog.Statuses.Concat(ErrorCatalog.Fields).Select(page => new DocsEntry(page.Title, $"Error {page.Status} {page.Code}", PortalUrls.ErrorPage(page.Code), page.Rule)),
    ];

    /// <summary>Returns the hits of a search, best first; none for a card number, which nobody should search for.</summary>
    public static IReadOnlyList<DocsHit> Find(string? query)
    {
        var words = (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0 || query!.Length > LongestQuery || CardNumberDetector.ContainsCardNumber(query))
        {
            return [];
        }

        return
        [
            .. s_entries.Select(entry => (Entry: entry, Rank: RankOf(entry, words)))
                .Where(found => found.Rank > 0)
                .OrderByDescending(found => found.Rank)
                .Take(Most)
                .Select(found => Show(found.Entry, words)),
        ];
    }

    private static int RankOf(DocsEntry entry, string[] words)
    {
        var rank = 0;
        foreach (var word in words)
        {
            var inTitle = Has(entry.Title, word);
            if (!inTitle && !Has(entry.Text, word) && !Has(entry.Part, word))
            {
                return 0;
            }

            rank += inTitle ? 3 : 1;
        }

        return rank;
    }

    private static DocsHit Show(DocsEntry entry, string[] words)
    {
        var found = words.Select(word => (At: entry.Text.IndexOf(word, StringComparison.OrdinalIgnoreCase), word.Length)).Where(hit => hit.At >= 0).OrderBy(hit => hit.At).FirstOrDefault((At: 0, Length: 0));
        var (from, to) = (Math.Max(0, found.At - Around), Math.Min(entry.Text.Length, found.At + found.Length + (2 * Around)));
        return new DocsHit(
            entry,
            $"{(from > 0 ? "…" : "")}{entry.Text[from..found.At]}",
            entry.Text.Substring(found.At, found.Length),
            $"{entry.Text[(found.At + found.Length)..to]}{(to < entry.Text.Length ? "…" : "")}");
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<DocsEntry> EntriesOf(Guide guide) => guide.Sections.Select(section => section.Anchor is null
        ? new DocsEntry(guide.Title, "Guide", PortalUrls.Guide(guide.Slug), section.Text)
        : new DocsEntry(section.Title, guide.Title, $"{PortalUrls.Guide(guide.Slug)}#{section.Anchor}", section.Text));
}
