using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The log of the requests that were made to the API. It is written behind: an entry appears a moment later, and under
/// overload it may be dropped, which is counted. No request ever waits for its log, or fails because of it.
/// </summary>
public interface IRequestLog
{
    /// <summary>Takes an entry to be stored soon. Never blocks.</summary>
    /// <returns>False when it was dropped.</returns>
    bool TryRecord(RequestLogEntry entry);

    /// <summary>A page of a tenant's entries, newest first.</summary>
    Task<IReadOnlyList<RequestLogEntry>> ListAsync(Tenant tenant, RequestLogFilter filter, CancellationToken ct);
}
