using System.Net.Sockets;
using System.Runtime.InteropServices;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Cli;

/// <summary>Runs commands in a host, with the settings of the command line.</summary>
internal sealed class CommandHost
{
    private const int Failed = 1;

    /// <summary>Settings from the command line.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    /// <summary>Opens the vault beside the process that serves it, and does an operator's work in it.</summary>
    /// <param name="work">Does the work with the services and all locations, and returns the exit code.</param>
    /// <returns>The exit code. A failure is explained in a sentence on standard error.</returns>
    public Task<int> RunAsync(Func<IServiceProvider, IReadOnlyList<Location>, Task<int>> work) => RunAsync(
        VaultUse.Administration,
        [],
        async services => await work(services, await services.GetRequiredService<IAccountStore>().ListLocationsAsync(CancellationToken.None)));

    /// <summary>Opens the vault without writing anything, and inspects it.</summary>
    /// <param name="settings">Settings that override those of the command line.</param>
    /// <param name="look">Inspects the vault with the services, and returns the exit code.</param>
    /// <returns>The exit code. A failure is explained in a sentence on standard error.</returns>
    public Task<int> InspectAsync(IReadOnlyList<string> settings, Func<IServiceProvider, Task<int>> look) => RunAsync(VaultUse.Inspection, settings, look);

    /// <summary>Does work on the storage of a vault, without opening the vault.</summary>
    /// <param name="settings">Settings that override those of the command line.</param>
    /// <param name="work">Does the work with the services, and returns the exit code.</param>
    /// <returns>The exit code. A failure is explained in a sentence on standard error.</returns>
    public Task<int> PrepareAsync(IReadOnlyList<string> settings, Func<IServiceProvider, Task<int>> work) => RunAsync(null, settings, work);

    private async Task<int> RunAsync(VaultUse? use, IReadOnlyList<string> settings, Func<IServiceProvider, Task<int>> work)
    {
        try
        {
            await using var app = Build(settings);
            app.Services.GetRequiredService<SettingChecks>().Refuse();
            if (use is { } opened)
            {
                await app.Services.GetRequiredService<IVault>().OpenAsync(opened, CancellationToken.None);
            }

            return await work(app.Services);
        }
        catch (Exception refused) when (refused is StartRefusedException or UnavailableException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Failed;
        }
        catch (Exception fault) when (fault is not HostAbortedException)
        {
            // A stack trace is of no use to an operator; the exception's name says where to look.
            await Console.Error.WriteLineAsync($"The command failed ({fault.GetType().Name}): {LogScrubber.Scrub(fault.Message)}");
            return Failed;
        }
    }

    /// <summary>Serves until the process is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ServeAsync()
    {
        WebApplication? app = null;
        try
        {
            app = Build([]);
            var opening = app.Services.GetRequiredService<VaultStartup>().OpenAsync();
            app.UsePortal();
            await opening;
            await app.StartAsync(CancellationToken.None);
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            await DisposeAsync(app);
            return Failed;
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or FormatException or ArgumentException)
        {
            // An address in use or a missing certificate: the server's message says which. Later faults are not faults of the start.
            await Console.Error.WriteLineAsync($"The service could not start: {LogScrubber.Scrub(fault.Message)}");
            await DisposeAsync(app);
            return Failed;
        }

        await using (app)
        {
            // The host handles SIGTERM, SIGINT and SIGQUIT. A closing terminal sends SIGHUP, which would end the process at once.
            using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                app.Lifetime.StopApplication();
            });
            await app.WaitForShutdownAsync(CancellationToken.None);
        }

        return 0;
    }

    private static ValueTask DisposeAsync(WebApplication? app) => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build(IReadOnlyList<string> settings)
    {
        var builder = PortalBuilder.Create([.. Settings, .. settings]);
        builder.AddPortal();
        return builder.Build();
    }
}
