using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Reads the request log for a program that has presented an API key with the right to read its tenant's log.</summary>
public interface IRequestLogReader
{
    /// <summary>Returns a page of requests, newest first, or <see cref="Refusal.Invalid"/> if the search text is or contains a card number.</summary>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="search">Which requests to return.</param>
    /// <param name="after">Where the page begins; null for the first page.</param>
    /// <param name="limit">The size of the page, 1 to 200.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestLogList>> ListAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);
}

/// <summary>A list of requests, newest first.</summary>
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
