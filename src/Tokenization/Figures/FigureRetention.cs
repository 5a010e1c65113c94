using Dojo.Pci.Tokenization.Housekeeping;

namespace Dojo.Pci.Tokenization.Figures;

/// <summary>Deletes figures that are older than anyone can ask for.</summary>
internal sealed class FigureRetention(IApiFiguresStore store, TimeProvider clock) : IRound
{
    private const int BatchSize = 500;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        var before = FigureHours.Of(clock.GetUtcNow()) - IApiFigures.MostHours + 1;
        while (!ct.IsCancellationRequested && await store.DeleteOldestAsync(before, BatchSize) == BatchSize)
        {
            // There may be more.
        }
    }
}
