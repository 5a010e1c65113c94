using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Keeps this process registered as a node while it runs, and exchanges messages with the others.</summary>
internal sealed partial class NodeLoop(NodeRegistration registration, Node node, TimeProvider clock, ILogger<NodeLoop> logger) : BackgroundService
{
    /// <summary>How often messages are exchanged.</summary>
    internal static readonly TimeSpan ExchangeEvery = TimeSpan.FromMilliseconds(250);

    private const int ExchangesPerRenewal = 8;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (registration.IsNeeded)
        {
            try
            {
                await registration.SendAsync();
                await registration.LeaveAsync();
            }
            catch (UnavailableException)
            {
                // The other nodes will notice.
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!registration.IsNeeded)
        {
            return;
        }

        using var timer = new PeriodicTimer(ExchangeEvery, clock);
        try
        {
            for (var turn = 0; ; turn++)
            {
                await TryExchangeAsync(isRenewal: turn % ExchangesPerRenewal == 0, stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task TryExchangeAsync(bool isRenewal, CancellationToken ct)
    {
        try
        {
            if (isRenewal && await registration.RenewAsync())
            {
                Log.Changed(logger, node.Count);
                registration.Miss();
            }

            if (node.Count > 1)
            {
                await registration.SendAsync();
                await registration.ReceiveAsync(ct);
            }
        }
        catch (UnavailableException)
        {
            // The database is unavailable; the next turn tries again.
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1310, LogLevel.Information, "The database is served by {Count} nodes.")]
        public static partial void Changed(ILogger logger, int count);

        [LoggerMessage(1311, LogLevel.Error, "This node could not hear from the others. It keeps trying.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
