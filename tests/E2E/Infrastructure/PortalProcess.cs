using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>
/// The real portal: the built program in a process of its own, on a port of its own, with data and keys in a directory of
/// its own. It can be stopped, killed and started again on the same three, as an operator would; disposing leaves nothing behind.
/// </summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private const int HangUp = 1;
    private const int Terminate = 15;

    private static readonly TimeSpan s_pollEvery = TimeSpan.FromMilliseconds(50);

    private readonly PortalSettings _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private string? _database;

    private PortalProcess(PortalSettings settings)
    {
        _settings = settings;
        BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}/");
        Directory = System.IO.Directory.CreateTempSubdirectory("dojo-pci-portal-").FullName;
        Client = new HttpClient { BaseAddress = BaseAddress };
    }

    /// <summary>Where the portal answers; stays the same over restarts.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The directory above data and keys; the working directory too, unless the settings name another.</summary>
    public string Directory { get; }

    /// <summary>A client for <see cref="BaseAddress"/> that sends nothing by itself.</summary>
    public HttpClient Client { get; }

    /// <summary>Everything that the portal printed, over all its starts, a line each.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>What the process returned, once it has ended.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Starts a portal on fresh directories and waits until it answers.</summary>
    public static async Task<PortalProcess> StartAsync(PortalSettings? settings = null, CancellationToken ct = default)
    {
        var portal = new PortalProcess(settings ?? new PortalSettings());
        try
        {
            await portal.PrepareDatabaseAsync(ct);
            await portal.StartAgainAsync(ct);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the portal again after <see cref="StopAsync"/> or <see cref="KillAsync"/>: same port, same data, same keys.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default)
    {
        if (_process is { HasExited: false })
        {
            throw new InvalidOperationException("The portal is running.");
        }

        _process?.Dispose();
        _process = Launch();
        await WaitUntilItAnswersAsync(_process, ct);
    }

    /// <summary>Asks the portal to stop, as an operating system does (SIGTERM), and waits until it has.</summary>
    public Task StopAsync(CancellationToken ct = default) => StopByAsync(Terminate, ct);

    /// <summary>Asks it as a terminal does that closes (SIGHUP).</summary>
    public Task HangUpAsync(CancellationToken ct = default) => StopByAsync(HangUp, ct);

    private async Task StopByAsync(int signal, CancellationToken ct)
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        if (SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"The portal could not be asked to stop: error {Marshal.GetLastPInvokeError()}.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_settings.StopWithin);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The portal did not stop within {_settings.StopWithin}.{PrintedSoFar()}", exception);
        }
    }

    /// <summary>Ends the portal without warning, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken ct = default)
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(ct);
        }
    }

    /// <summary>Runs a command of the same program on the same data and keys, as an operator does beside the running portal.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public Task<(int ExitCode, string Printed)> CommandAsync(IEnumerable<string> arguments, CancellationToken ct) => DotnetProgram.RunAsync(StartInfo(arguments), ct);

    /// <summary>Begins the same, and does not wait for its end. What it prints is let go.</summary>
    public Process BeginCommand(IEnumerable<string> arguments)
    {
        var process = Process.Start(StartInfo(arguments))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Also after a test that was cancelled: nothing may stay behind.
        await KillAsync(CancellationToken.None);
        _process?.Dispose();
        Client.Dispose();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    // On the other engine, unless the test has a database of its own.
    private async Task PrepareDatabaseAsync(CancellationToken ct)
    {
        if (!PostgresOfJourneys.IsChosen || _settings.Variables.ContainsKey("Storage__Provider"))
        {
            return;
        }

        RootKeyFile.Make(Path.Combine(Directory, "keys")); // which the first start would make, but migrate does not
        (_database, var service) = PostgresOfJourneys.CreateDatabase();
        var (exitCode, printed) = await CommandAsync(["migrate", "--roles"], ct);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"The database could not be prepared: {printed}");
        }

        _database = service;
    }

    private ProcessStartInfo StartInfo(params IEnumerable<string> arguments)
    {
        var start = DotnetProgram.StartInfo(RepositoryPaths.PortalAssembly, arguments);
        start.WorkingDirectory = _settings.WorkingDirectory ?? Directory;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = _settings.Environment;
        start.Environment["Portal__DataDirectory"] = Path.Combine(Directory, "data");
        start.Environment["Vault__KeyDirectory"] = Path.Combine(Directory, "keys");
        if (_database is not null)
        {
            start.Environment["Storage__Provider"] = "Postgres";
            start.Environment["Storage__ConnectionString"] = _database;
        }

        foreach (var (name, value) in _settings.Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private Process Launch()
    {
        var start = StartInfo([.. _settings.Arguments, "--urls", BaseAddress.GetLeftPart(UriPartial.Authority)]);
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilItAnswersAsync(Process process, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(ct))
        {
            if (process.HasExited)
            {
                // Not the overload with a time limit: only this one also waits for the last lines of output.
                await process.WaitForExitAsync(ct);
                throw new InvalidOperationException($"The portal ended with {process.ExitCode} before it answered.{PrintedSoFar()}");
            }

            if (waited.Elapsed > _settings.StartWithin)
            {
                throw new TimeoutException($"The portal did not answer within {_settings.StartWithin}.{PrintedSoFar()}");
            }

            await Task.Delay(s_pollEvery, ct);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("health/live", UriKind.Relative), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            _output.Enqueue(line.Data);
        }
    }

    private string PrintedSoFar() => $" It printed:{Environment.NewLine}{string.Join(Environment.NewLine, _output)}";

    /// <summary>A port of this machine that is free now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // .NET can end a process but not ask it to stop. Plain ints in and out: no marshalling code is needed.
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
