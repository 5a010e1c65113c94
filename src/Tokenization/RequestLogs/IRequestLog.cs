namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The log of the requests made to the API. It is written asynchronously: an entry appears a moment later, and under overload it may be dropped,
/// which is counted. No request waits for its log entry, or fails because of it.
/// </summary>
public interface IRequestLog
{
    /// <summary>Queues an entry to be stored soon. Never blocks.</summary>
    /// <returns>False if the entry was dropped.</returns>
    bool TryRecord(RequestLogEntry entry);
}
