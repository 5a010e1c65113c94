namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Where the request log is kept.</summary>
internal interface IRequestLogStore
{
    /// <summary>Appends entries and counts them by key, all or none. Each has a tenant.</summary>
    Task InsertAsync(IReadOnlyList<RequestLogEntry> entries);

    /// <summary>Notes which words the next entries hold that are not noted yet (<see cref="RequestWords"/>), so that a search need not look through them.</summary>
    /// <param name="mostSegments">How many segments at most.</param>
    /// <returns>How many were noted: fewer when none are left.</returns>
    Task<int> IndexAsync(int mostSegments);

    /// <summary>Where entries are stored by days: makes the next days, and drops those that ended before an instant.</summary>
    Task KeepDaysAsync(DateTimeOffset today, DateTimeOffset before);

    /// <summary>Deletes those of the oldest <paramref name="batchSize"/> entries that are from before an instant.</summary>
    /// <returns>How many were deleted: fewer than the batch when none are left.</returns>
    Task<int> DeleteOldestAsync(DateTimeOffset before, int batchSize);

    /// <summary>Deletes counts by the hour and by the minute that are from before an instant, at most a batch of each.</summary>
    /// <returns>Fewer than the batch when none are left.</returns>
    Task<int> DeleteCountsAsync(DateTimeOffset before, DateTimeOffset minutesBefore, int batchSize);
}
