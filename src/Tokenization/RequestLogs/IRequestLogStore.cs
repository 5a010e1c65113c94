namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Stores the request log.</summary>
internal interface IRequestLogStore
{
    /// <summary>Appends entries and counts them by key, all or none. Each entry must have a tenant.</summary>
    Task InsertAsync(IReadOnlyList<RequestLogEntry> entries);

    /// <summary>Indexes the words of the next segments of entries (<see cref="RequestWords"/>), so that a search can skip segments without its words.</summary>
    /// <param name="mostSegments">The most segments to index.</param>
    /// <returns>The number of segments indexed; fewer than asked for if none are left.</returns>
    Task<int> IndexAsync(int mostSegments);

    /// <summary>
    /// If the database stores entries by days: creates the partitions of the coming days, and drops those of days that ended before an instant.
    /// </summary>
    Task KeepDaysAsync(DateTimeOffset today, DateTimeOffset before);

    /// <summary>Deletes, of the oldest <paramref name="batchSize"/> entries, those that arrived before an instant.</summary>
    /// <returns>The number of entries deleted; fewer than the batch if none are left.</returns>
    Task<int> DeleteOldestAsync(DateTimeOffset before, int batchSize);

    /// <summary>Deletes the hourly and minutely counts from before an instant, at most a batch of each.</summary>
    /// <returns>Fewer than the batch if none are left.</returns>
    Task<int> DeleteCountsAsync(DateTimeOffset before, DateTimeOffset minutesBefore, int batchSize);
}
