namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Lets few long reads run at once, and none for a moment where that is needed: as long as one is followed by the next, the log of the database
/// cannot start over.
/// </summary>
internal sealed class ScanGate : IDisposable
{
    private readonly int _places = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly SemaphoreSlim _free;
    private volatile TaskCompletionSource? _closed;

    public ScanGate() => _free = new SemaphoreSlim(_places);

    /// <summary>Waits until there is room for another.</summary>
    public async Task EnterAsync(CancellationToken ct)
    {
        while (_closed is { } closed)
        {
            await closed.Task.WaitAsync(ct);
        }

        await _free.WaitAsync(ct);
    }

    /// <summary>One has ended.</summary>
    public void Leave() => _free.Release();

    /// <summary>Lets no other begin, and waits for those under way. To be called by one at a time.</summary>
    /// <param name="patience">How long to wait for each of them.</param>
    /// <returns>Whether all have ended; then <see cref="Open"/> is to follow.</returns>
    public bool TryClose(TimeSpan patience)
    {
        _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var place = 0; place < _places; place++)
        {
            if (!_free.Wait(patience))
            {
                Release(place);
                return false;
            }
        }

        return true;
    }

    /// <summary>Lets them begin again.</summary>
    public void Open() => Release(_places);

    public void Dispose() => _free.Dispose();

    private void Release(int places)
    {
        if (places > 0)
        {
            _free.Release(places);
        }

        var closed = _closed;
        _closed = null;
        closed?.SetResult();
    }
}
