using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The rows that the reader has loaded so far, and what is new since.</summary>
public sealed class TokenListState
{
    private const int MostWaiting = 999;
    private readonly List<TokenRow> _rows = [];
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>The rows, in the order of the list.</summary>
    public IReadOnlyList<TokenRow> Rows => _rows;

    /// <summary>The token after which the next page begins; null if everything is loaded.</summary>
    public string? After { get; private set; }

    /// <summary>The number of tokens in all.</summary>
    public CappedCount? Count { get; private set; }

    /// <summary>The number of new tokens that are not shown yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether that number is incomplete, or exceeds 999.</summary>
    public bool HasMoreWaiting { get; private set; }

    /// <summary>The tokens that the last live update added.</summary>
    public IReadOnlySet<string> Fresh => _fresh;

    /// <summary>Starts again with the first page.</summary>
    public void Begin(TokenPage first)
    {
        _rows.Clear();
        _waiting.Clear();
        _fresh.Clear();
        HasMoreWaiting = false;
        Count = first.Count;
        Append(first);
    }

    /// <summary>Appends the next page.</summary>
    public void Append(TokenPage page)
    {
        // Tokens that were put in front in the meantime are not added again.
        var known = _rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        _rows.AddRange(page.Items.Where(row => !known.Contains(row.Id)));
        After = page.After;
    }

    /// <summary>Puts new tokens in front, newest first.</summary>
    public void PutInFront(IReadOnlyList<TokenRow> newest)
    {
        var unknown = newest.Where(row => !_rows.Exists(shown => shown.Id == row.Id)).ToList();
        _rows.InsertRange(0, unknown);
        _fresh.Clear();
        _fresh.UnionWith(unknown.Select(row => row.Id));
        Count = Count is { } count ? count with { Value = count.IsCapped ? count.Value : count.Value + unknown.Count } : null;
    }

    /// <summary>Holds new tokens back while the reader looks at others.</summary>
    public void KeepBack(IEnumerable<string> ids, bool hasMore)
    {
        _waiting.UnionWith(ids);
        HasMoreWaiting |= hasMore || _waiting.Count > MostWaiting;
    }

    /// <summary>Replaces changed rows in place.</summary>
    public void Replace(IEnumerable<TokenRow> changed)
    {
        foreach (var row in changed)
        {
            var index = _rows.FindIndex(shown => shown.Id == row.Id);
            if (index >= 0)
            {
                _rows[index] = row;
            }
        }
    }
}
