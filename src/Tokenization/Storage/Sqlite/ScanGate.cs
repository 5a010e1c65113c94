namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// Limits the number of long reads that run at once, and can hold all of them back for a moment: while one read follows the next, the log of the
/// database cannot restart.
/// </summary>
internal sealed class ScanGate : IDisposable
{
    /// <summary>The number of reads that may run at once.</summary>
    public static readonly int PlaceCount = Math.Max(1, Environment.ProcessorCount / 2);

    private volatile TaskCompletionSource? _closed;

    /// <summary>The places for running reads.</summary>
    public SemaphoreSlim Places { get; } = new(PlaceCount);

    /// <summary>Waits until the gate is open. Callers await this before they take a place.</summary>
    public async Task WaitUntilOpenAsync(CancellationToken ct)
    {
        while (_closed is { } closed)
        {
            await closed.Task.WaitAsync(ct);
        }
    }

    /// <summary>Stops further reads from starting, and waits for the running ones. Only one thread may call this at a time.</summary>
    /// <param name="patience">How long to wait for each running read.</param>
    /// <returns>Whether all reads have ended. If so, the caller must call <see cref="Open"/> afterwards.</returns>
    public bool TryClose(TimeSpan patience)
    {
        _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var place = 0; place < PlaceCount; place++)
        {
            if (!Places.Wait(patience))
            {
                Release(place);
                return false;
            }
        }

        return true;
    }

    /// <summary>Lets reads start again.</summary>
    public void Open() => Release(PlaceCount);

    public void Dispose() => Places.Dispose();

    private void Release(int places)
    {
        if (places > 0)
        {
            Places.Release(places);
        }

        var closed = _closed;
        _closed = null;
        closed?.SetResult();
    }
}
