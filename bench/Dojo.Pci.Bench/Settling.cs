namespace Dojo.Pci.Bench;

/// <summary>Waits until a process has finished its background work: indexing, logs, checkpoints.</summary>
internal static class Settling
{
    // Longer than the longest pause of the background writers.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Waits until the process uses almost no processor time, for at most ten minutes.</summary>
    public static async Task WaitAsync(Func<TimeSpan> processorTime, TimeProvider clock, CancellationToken ct)
    {
        var begin = clock.GetTimestamp();
        while (clock.GetElapsedTime(begin) < s_patience)
        {
            var before = processorTime();
            await Task.Delay(s_window, clock, ct);
            if (processorTime() - before < s_idle)
            {
                return;
            }
        }
    }
}
