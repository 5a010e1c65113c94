using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>A store in memory that can be made to fail, and signals when something arrives.</summary>
internal sealed class FakeStore : IRequestLogStore
{
    private readonly ConcurrentQueue<int> _batches = new();
    private readonly ConcurrentQueue<RequestLogEntry> _entries = new();
    private TaskCompletionSource _next = NewSource();

    public int FailuresLeft { get; set; }

    /// <summary>The action to run while a batch is being stored.</summary>
    public Action OnInsert { get; set; } = () => { };

    public IReadOnlyList<int> Batches => [.. _batches];

    public IReadOnlyList<RequestLogEntry> Entries => [.. _entries];

    /// <summary>Completes when the next batch arrives, stored or not.</summary>
    public Task NextBatchAsync()
    {
        _next = NewSource();
        return _next.Task;
    }

    public Task InsertAsync(IReadOnlyList<RequestLogEntry> entries)
    {
        OnInsert();
        var failing = FailuresLeft-- > 0;
        if (!failing)
        {
            _batches.Enqueue(entries.Count);
            entries.ToList().ForEach(_entries.Enqueue);
        }

        _next.TrySetResult();
        return failing ? throw new UnavailableException("The disk is full.") : Task.CompletedTask;
    }

    public Task<int> IndexAsync(int mostSegments) => Task.FromResult(0);

    public Task KeepDaysAsync(DateTimeOffset today, DateTimeOffset before) => Task.CompletedTask;

    public Task<int> DeleteOldestAsync(DateTimeOffset before, int batchSize) => throw new NotSupportedException();

    public Task<int> DeleteCountsAsync(DateTimeOffset before, DateTimeOffset minutesBefore, int batchSize) => throw new NotSupportedException();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
