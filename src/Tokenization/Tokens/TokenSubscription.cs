using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// A subscription to a tenant's tokens. News that was not read yet is kept as a set of ids of limited size, so that a slow reader gets
/// news less often rather than ever later, and nothing waits for it. Supports one reader at a time.
/// </summary>
public sealed class TokenSubscription : IDisposable
{
    /// <summary>The maximum number of tokens kept until the next read.</summary>
    public const int MostKept = 500;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<long, string> _tokenOf;
    private readonly Action<TokenSubscription> _end;
    private Dictionary<long, bool> _news = [];
    private bool _hasMore;

    internal TokenSubscription(Func<long, string> tokenOf, Action<TokenSubscription> end) => (_tokenOf, _end) = (tokenOf, end);

    /// <summary>Waits until there is news, and returns all of it.</summary>
    /// <exception cref="ChannelClosedException">The subscription has ended.</exception>
    public async Task<TokenNews> ReadAsync(CancellationToken ct)
    {
        await _signal.Reader.ReadAsync(ct);
        Dictionary<long, bool> news;
        bool hasMore;
        lock (_gate)
        {
            (news, _news, hasMore, _hasMore) = (_news, [], _hasMore, false);
        }

        return new TokenNews(TokensOf(news, isNew: true), TokensOf(news, isNew: false), hasMore);
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _end(this);
        _signal.Writer.TryComplete();
    }

    internal void Note(long recordId, bool isNew)
    {
        lock (_gate)
        {
            // A new token that has changed since is still new to a reader that does not know it.
            if (!_news.TryGetValue(recordId, out var wasNew) && _news.Count == MostKept)
            {
                _hasMore = true;
            }
            else
            {
                _news[recordId] = isNew || wasNew;
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Notes that something unknown has happened.</summary>
    internal void NoteMore()
    {
        lock (_gate)
        {
            _hasMore = true;
        }

        _signal.Writer.TryWrite(true);
    }

    private List<string> TokensOf(Dictionary<long, bool> news, bool isNew) =>
        [.. news.Where(entry => entry.Value == isNew).Select(entry => entry.Key).Order().Select(_tokenOf)];
}
