using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The rows that a reader has scrolled through so far, and what is new since.</summary>
public sealed class TokenListState
{
    private const int MostWaiting = 999;
    private readonly List<TokenRow> _rows = [];
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>The rows, in the order of the list.</summary>
    public IReadOnlyList<TokenRow> Rows => _rows;

    /// <summary>The token after which the next page begins; null when everything is there.</summary>
    public string? After { get; private set; }

    /// <summary>How many there are in all.</summary>
    public CappedCount? Count { get; private set; }

    /// <summary>How many new tokens the reader is not shown yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether there are more than that.</summary>
    public bool HasMoreWaiting { get; private set; }

    /// <summary>Tokens that came while the reader looked on.</summary>
    public IReadOnlySet<string> Fresh => _fresh;

    /// <summary>Begins anew with a first page.</summary>
    public void Begin(TokenPage first)
    {
        _rows.Clear();
        _waiting.Clear();
        _fresh.Clear();
        HasMoreWaiting = false;
        Count = first.Count;
        Append(first);
    }

    /// <summary>Adds the page that follows.</summary>
    public void Append(TokenPage page)
    {
        // What has been put in front meanwhile is not shown again.
        var known = _rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        _rows.AddRange(page.Items.Where(row => !known.Contains(row.Id)));
        After = page.After;
    }

    /// <summary>Puts new tokens on top, newest first.</summary>
    public void PutInFront(IReadOnlyList<TokenRow> newest)
    {
        var unknown = newest.Where(row => !_rows.Exists(shown => shown.Id == row.Id)).ToList();
        _rows.InsertRange(0, unknown);
        _fresh.Clear();
        _fresh.UnionWith(unknown.Select(row => row.Id));
        Count = Count is { } count ? count with { Value = count.IsCapped ? count.Value : count.Value + unknown.Count } : null;
    }

    /// <summary>Keeps new tokens back, for the reader is looking at others.</summary>
    public void KeepBack(IEnumerable<string> ids, bool hasMore)
    {
        _waiting.UnionWith(ids);
        HasMoreWaiting |= hasMore || _waiting.Count > MostWaiting;
    }

    /// <summary>Shows rows as they are now, where they are.</summary>
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
