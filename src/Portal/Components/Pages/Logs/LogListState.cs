using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The rows that a reader has scrolled through so far, and what is new since.</summary>
public sealed class LogListState
{
    private readonly List<RequestRow> _rows = [];
    private readonly HashSet<long> _fresh = [];
    private readonly HashSet<long> _waiting = [];

    /// <summary>The rows, newest first.</summary>
    public IReadOnlyList<RequestRow> Rows => _rows;

    /// <summary>Where the next page begins; null when everything is there.</summary>
    public RequestCursor? After { get; private set; }

    /// <summary>How many new requests the reader is not shown yet, as far as that is known.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether there may be more than that: more came at once than a page has.</summary>
    public bool HasMoreWaiting { get; private set; }

    /// <summary>Whether more came the last time than a page has: of these, only the newest are shown.</summary>
    public bool IsSampled { get; private set; }

    /// <summary>Requests that came while the reader looked on.</summary>
    public IReadOnlySet<long> Fresh => _fresh;

    /// <summary>Begins anew with a first page.</summary>
    public void Begin(RequestPage first)
    {
        _rows.Clear();
        _waiting.Clear();
        _fresh.Clear();
        (HasMoreWaiting, IsSampled) = (false, false);
        Append(first);
    }

    /// <summary>Adds the page that follows.</summary>
    public void Append(RequestPage page)
    {
        var known = _rows.Select(row => row.Id).ToHashSet();
        _rows.AddRange(page.Items.Where(row => !known.Contains(row.Id)));
        After = page.After;
    }

    /// <summary>Takes in the first page as it is now.</summary>
    /// <param name="first">The page.</param>
    /// <param name="mayMove">Whether rows may come in above those that are shown; else they are counted, and kept back.</param>
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
            Begin(first); // so many at once that there may be others between them and what is shown
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
