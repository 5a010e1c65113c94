using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Runs a job repeatedly while the process runs. Among several nodes, one runs it, and another takes over when that node ends. A failed run ends
/// neither the loop nor the process.
/// </summary>
/// <typeparam name="TJob">The type of the job.</typeparam>
internal sealed partial class BackgroundJobLoop<TJob>(
    TJob job, ILeases leases, IOptions<BackgroundJobOptions> options, JobMetrics metrics, TimeProvider clock, ILogger<BackgroundJobLoop<TJob>> logger) : BackgroundService
    where TJob : IBackgroundJob
{
    // How often a node that does not run the job checks whether it can take over.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Begin(typeof(TJob).Name);
        var pause = job.Pause ?? options.Value.Interval;
        using var timer = new PeriodicTimer(pause, clock);
        try
        {
            do
            {
                var next = await TryRunAsync(stoppingToken) || pause < s_lookEvery ? pause : s_lookEvery;
                if (timer.Period != next)
                {
                    timer.Period = next;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops. No step is left half done, because each is a transaction.
        }
    }

    /// <returns>Whether this node runs the job.</returns>
    private async Task<bool> TryRunAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            if (!job.IsOfEveryNode)
            {
                var isOurs = await leases.TryRunAsync(typeof(TJob).Name, RunAsync, stoppingToken);
                if (!isOurs)
                {
                    metrics.Begin(typeof(TJob).Name); // the node that runs the job reports its age
                }

                return isOurs;
            }

            await RunAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            metrics.Ran(typeof(TJob).Name, started, succeeded: false);
            BackgroundJobLog.Failed(logger, typeof(TJob).Name, exception);
        }

        return true;

        async Task RunAsync(CancellationToken stop)
        {
            await job.RunOnceAsync(stop);
            metrics.Ran(typeof(TJob).Name, started, succeeded: true);
        }
    }
}

internal static partial class BackgroundJobLog
{
    [LoggerMessage(2001, LogLevel.Error, "The background job {Job} failed. It runs again after the usual pause.")]
    public static partial void Failed(ILogger logger, string job, Exception exception);
}
