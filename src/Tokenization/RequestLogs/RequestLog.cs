namespace Dojo.Pci.Tokenization.RequestLogs;

internal sealed class RequestLog(RequestLogQueue queue, RequestLogMetrics metrics) : IRequestLog
{
    public bool TryRecord(RequestLogEntry entry)
    {
        if (entry.Tenant is not null)
        {
            return queue.TryAdd(entry);
        }

        // Requests without a valid key are counted but not stored: no tenant may see them, and anyone who can reach the port could
        // fill the disk with them and push the entries of tenants out of the queue.
        metrics.Anonymous(entry.Status);
        return true;
    }
}
