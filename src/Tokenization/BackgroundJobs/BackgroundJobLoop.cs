using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Runs a job again and again while the process serves. A run that fails ends neither the loop nor the process.</summary>
/// <typeparam name="TJob">The job.</typeparam>
internal sealed partial class BackgroundJobLoop<TJob>(
    TJob job, IOptions<BackgroundJobOptions> options, TimeProvider clock, ILogger<BackgroundJobLoop<TJob>> logger) : BackgroundService
    where TJob : IBackgroundJob
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(job.Pause ?? options.Value.Interval, clock);
        try
        {
            do
            {
                await TryRunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops. What was under way is whole: each step is a transaction.
        }
    }

    private async Task TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await job.RunOnceAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            BackgroundJobLog.Failed(logger, typeof(TJob).Name, exception);
        }
    }
}

internal static partial class BackgroundJobLog
{
    [LoggerMessage(2001, LogLevel.Error, "The background job {Job} failed. It runs again after the usual pause.")]
    public static partial void Failed(ILogger logger, string job, Exception exception);
}
