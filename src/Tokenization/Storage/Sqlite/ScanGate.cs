namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// Lets few long reads run at once, and none for a moment where that is needed: as long as one is followed by the next, the log of the database
/// cannot start over.
/// </summary>
internal sealed class ScanGate : IDisposable
{
    /// <summary>How many run at once.</summary>
    public static readonly int PlaceCount = Math.Max(1, Environment.ProcessorCount / 2);

    private volatile TaskCompletionSource? _closed;

    /// <summary>The places of those that run.</summary>
    public SemaphoreSlim Places { get; } = new(PlaceCount);

    /// <summary>To be awaited before a place is taken.</summary>
    public async Task WaitUntilOpenAsync(CancellationToken ct)
    {
        while (_closed is { } closed)
        {
            await closed.Task.WaitAsync(ct);
        }
    }

    /// <summary>Lets no other begin, and waits for those under way. To be called by one at a time.</summary>
    /// <param name="patience">How long to wait for each of them.</param>
    /// <returns>Whether all have ended; then <see cref="Open"/> is to follow.</returns>
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

    /// <summary>Lets them begin again.</summary>
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
