using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Does rounds of some work while the process serves. One that fails ends neither the loop nor the process.</summary>
/// <typeparam name="TRound">The work.</typeparam>
internal sealed partial class RoundLoop<TRound>(
    TRound round, IOptions<HousekeepingOptions> options, TimeProvider clock, ILogger<RoundLoop<TRound>> logger) : BackgroundService
    where TRound : IRound
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(round.Pause ?? options.Value.Interval, clock);
        try
        {
            do
            {
                await TryRoundAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops. What was under way is whole: each step is a transaction.
        }
    }

    private async Task TryRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            await round.RunOnceAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            RoundLog.Failed(logger, typeof(TRound).Name, exception);
        }
    }
}

internal static partial class RoundLog
{
    [LoggerMessage(2001, LogLevel.Error, "A round of the {Round} failed. The next one begins after the usual pause.")]
    public static partial void Failed(ILogger logger, string round, Exception exception);
}
