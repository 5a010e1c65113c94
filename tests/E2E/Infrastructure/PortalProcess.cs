using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>
/// The real portal: the built program in its own process, on its own port, with data and keys in its own directory. It can be stopped, killed and
/// restarted on the same three, as an operator would; disposing leaves nothing behind.
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

    /// <summary>The portal's address, which stays the same over restarts.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The directory that contains data and keys; also the working directory, unless the settings name another.</summary>
    public string Directory { get; }

    /// <summary>A client for <see cref="BaseAddress"/> that adds no headers.</summary>
    public HttpClient Client { get; }

    /// <summary>The lines that the portal has printed, over all its starts.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The exit code of the process, once it has ended.</summary>
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

    /// <summary>Restarts the portal after <see cref="StopAsync"/> or <see cref="KillAsync"/>, with the same port, data and keys.</summary>
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

    /// <summary>Asks the portal to stop, as an operating system does (SIGTERM), and waits until it has stopped.</summary>
    public Task StopAsync(CancellationToken ct = default) => StopByAsync(Terminate, ct);

    /// <summary>Asks the portal to stop, as a closing terminal does (SIGHUP).</summary>
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

    /// <summary>Kills the portal without warning, as a power failure would.</summary>
    public async Task KillAsync(CancellationToken ct = default)
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(ct);
        }
    }

    /// <summary>Runs a command of the same program on the same data and keys, as an operator does next to a running portal.</summary>
    /// <returns>Its exit code and output.</returns>
    public Task<(int ExitCode, string Printed)> CommandAsync(IEnumerable<string> arguments, CancellationToken ct) => DotnetProgram.RunAsync(StartInfo(arguments), ct);

    /// <summary>Starts the same without waiting for its end. Its output is discarded.</summary>
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
        // Also after a cancelled test: nothing may stay behind.
        await KillAsync(CancellationToken.None);
        _process?.Dispose();
        Client.Dispose();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    // Creates a PostgreSQL database in runs on that engine, unless the test has its own.
    private async Task PrepareDatabaseAsync(CancellationToken ct)
    {
        if (!PostgresOfJourneys.IsChosen || _settings.Variables.ContainsKey("Storage__Provider"))
        {
            return;
        }

        RootKeyFile.Make(Path.Combine(Directory, "keys")); // the first start would create it, but migrate does not
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
        if (_settings.Environment == "Development")
        {
            start.Environment["DetailedErrors"] = "true"; // an error in the browser's console says what failed in the circuit; Production refuses it
        }

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
                // Not the overload with a timeout: only this one also waits for the last lines of output.
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

    /// <summary>Finds a port of this machine that is free now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // .NET can kill a process but cannot ask it to stop. The arguments are plain ints, so no marshalling code is needed.
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
