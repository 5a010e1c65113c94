using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The rows that the reader has loaded so far, and what is new since.</summary>
public sealed class LogListState
{
    private readonly List<RequestRow> _rows = [];
    private readonly HashSet<long> _fresh = [];
    private readonly HashSet<long> _waiting = [];

    /// <summary>The rows, newest first.</summary>
    public IReadOnlyList<RequestRow> Rows => _rows;

    /// <summary>Where the next page begins; null if everything is loaded.</summary>
    public RequestCursor? After { get; private set; }

    /// <summary>The number of new requests that are not shown yet, as far as it is known.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether there may be more than that, because at least a whole page of new requests came at once.</summary>
    public bool HasMoreWaiting { get; private set; }

    /// <summary>Whether the last update may have had more new requests than a page holds; only the newest of them are shown.</summary>
    public bool IsSampled { get; private set; }

    /// <summary>The requests that the last live update added.</summary>
    public IReadOnlySet<long> Fresh => _fresh;

    /// <summary>Starts again with the first page.</summary>
    public void Begin(RequestPage first)
    {
        _rows.Clear();
        _waiting.Clear();
        _fresh.Clear();
        (HasMoreWaiting, IsSampled) = (false, false);
        Append(first);
    }

    /// <summary>Appends the next page.</summary>
    public void Append(RequestPage page)
    {
        var known = _rows.Select(row => row.Id).ToHashSet();
        _rows.AddRange(page.Items.Where(row => !known.Contains(row.Id)));
        After = page.After;
    }

    /// <summary>Merges the current first page into the rows.</summary>
    /// <param name="first">The current first page.</param>
    /// <param name="mayMove">Whether rows may be inserted above those that are shown. Otherwise they are counted and held back.</param>
    public void TakeIn(RequestPage first, bool mayMove)
    {
        var known = _rows.Select(row => row.Id).ToHashSet();
        var added = first.Items.Where(row => !known.Contains(row.Id)).ToList();
        var isSampled = added.Count == first.Items.Count && known.Count > 0 && first.After is not null;
        if (added.Count == 0)
        {
            return;
        }

        if (!mayMove || Waiting > 0)
        {
            _waiting.UnionWith(added.Select(row => row.Id));
            HasMoreWaiting |= added.Count == first.Items.Count && known.Count > 0;
        }
        else if (added.Count == first.Items.Count)
        {
            Begin(first); // a whole page is new, so there may be others between it and the shown rows
            _fresh.UnionWith(added.Select(row => row.Id));
        }
        else
        {
            _rows.AddRange(added);
            _rows.Sort((one, other) => (other.Entry.At, other.Id).CompareTo((one.Entry.At, one.Id)));
            _fresh.Clear();
            _fresh.UnionWith(added.Select(row => row.Id));
        }

        IsSampled = isSampled;
    }
}
