using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// Runs a job again and again while the process serves; of several nodes, one does, and another goes on where that one has ended. A run that fails ends neither
/// the loop nor the process.
/// </summary>
/// <typeparam name="TJob">The job.</typeparam>
internal sealed partial class BackgroundJobLoop<TJob>(
    TJob job, ILeases leases, IOptions<BackgroundJobOptions> options, JobMetrics metrics, TimeProvider clock, ILogger<BackgroundJobLoop<TJob>> logger) : BackgroundService
    where TJob : IBackgroundJob
{
    // A node that runs nothing looks so often whether the one that does is still there.
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
            // The process stops. What was under way is whole: each step is a transaction.
        }
    }

    /// <returns>Whether it is this node that runs it.</returns>
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
                    metrics.Begin(typeof(TJob).Name); // its age is told by the node that runs it
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
