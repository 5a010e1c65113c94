using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>The log of requests for a program: one that has shown a key which may read its tenant.</summary>
public interface IRequestLogReader
{
    /// <summary>A page of requests, newest first. Or <see cref="Refusal.Invalid"/>: the text is or contains a card number.</summary>
    /// <param name="tenant">Whose requests.</param>
    /// <param name="search">Which.</param>
    /// <param name="after">Where the page begins; null for the first.</param>
    /// <param name="limit">At most how many, 1 to 200.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestLogList>> ListAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);
}

/// <summary>Requests, newest first.</summary>
/// <param name="Entries">The requests.</param>
public sealed record RequestLogList(IReadOnlyList<RequestLogEntry> Entries);

internal sealed class RequestLogReading(IRequestSearchStore store) : IRequestLogReader
{
    private const int LargestPage = 200;

    public async Task<Result<RequestLogList>> ListAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct) =>
        RequestSearch.ValidateText(search.Text) is { } fault
            ? new Refusal.Invalid([fault])
            : new RequestLogList(await store.SearchAsync(tenant, search, after, Math.Clamp(limit, 1, LargestPage), ct));
}
