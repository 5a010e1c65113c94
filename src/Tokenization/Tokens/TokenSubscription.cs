using System.Threading.Channels;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// A follower of a tenant's tokens. What it has not asked for yet is kept as a set of ids of limited size, so that one that is
/// slow hears less often rather than more late, and nobody waits for it. For one reader at a time.
/// </summary>
public sealed class TokenSubscription : IDisposable
{
    /// <summary>How many tokens are kept for a follower that does not ask.</summary>
    public const int MostKept = 500;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<long, string> _tokenOf;
    private readonly Action<TokenSubscription> _end;
    private Dictionary<long, bool> _news = [];
    private bool _hasMore;

    internal TokenSubscription(Func<long, string> tokenOf, Action<TokenSubscription> end) => (_tokenOf, _end) = (tokenOf, end);

    /// <summary>Waits until there is news, and takes all there is.</summary>
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

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _end(this);
        _signal.Writer.TryComplete();
    }

    internal void Note(long recordId, bool isNew)
    {
        lock (_gate)
        {
            // A new one that has changed already is still new to anyone who has not heard of it.
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

    /// <summary>Something has happened, and nobody knows what.</summary>
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
