using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Runs housekeeping while the process serves. One failed round does not end it.</summary>
internal sealed partial class HousekeepingLoop(
    Housekeeper housekeeper, IOptions<HousekeepingOptions> options, TimeProvider clock, ILogger<HousekeepingLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        try
        {
            do
            {
                await RunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process stops. What was under way is whole: each step is a transaction.
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await housekeeper.RunOnceAsync(ct);
        }
        catch (UnavailableException exception)
        {
            Log.PutOff(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Warning, "Housekeeping was put off until its next round, because the store cannot take it now.")]
        public static partial void PutOff(ILogger logger, Exception exception);
    }
}
