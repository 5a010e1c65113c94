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
}
