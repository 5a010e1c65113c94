using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dojo.Pci.Portal.Cli.Bench.Servers;

/// <summary>
/// A server under test: a child process of this program's own executable, on a free port of this machine. Disposing ends it, by its id and
/// nothing else; should this process be killed, the child ends by itself.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 50;
    private static readonly TimeSpan s_startWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly Queue<string> _logged = [];
    private ServerReady? _ready;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Whether it was under load before: the next one need not warm it up.</summary>
    public bool WasLoaded { get; set; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>What it said when it was ready.</summary>
    public ServerReady Ready => _ready ?? throw new InvalidOperationException("The server is not ready.");

    /// <summary>How much memory it holds now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How much processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="kind">One of the words of <see cref="ServeCommand"/>.</param>
    /// <param name="home">Where it keeps its data; null for the echo.</param>
    /// <param name="locations">For how many locations to make API keys, and locations where there are fewer.</param>
    /// <param name="variables">Variables of its environment.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ServerProcess> StartAsync(
        string kind, VaultHome? home, int locations, IReadOnlyDictionary<string, string>? variables, CancellationToken ct)
    {
        string[] arguments = home is null ? [kind] : [kind, home.Path, $"{locations}"];
        var server = new ServerProcess(Process.Start(StartInfo([BenchCommand.Verb, ServeCommand.Word, .. arguments], variables ?? new Dictionary<string, string>(StringComparer.Ordinal)))!);
        try
        {
            server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
            server._process.BeginErrorReadLine();
            server._ready = await server.HearAsync(ServerJson.Default.ServerReady, s_startWithin, ct);
            server.Address = IPEndPoint.Parse(new Uri(server.Ready.Address).Authority);
            return server;
        }
        catch
        {
            await server.KillAsync();
            server._process.Dispose();
            throw;
        }
    }

    /// <summary>How to start this program once more.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        // Started as "dotnet Portal.dll" or under a test, the running executable is not the program's own.
        var own = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(own).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] first = isHost ? [Path.Combine(AppContext.BaseDirectory, typeof(ServerProcess).Assembly.GetName().Name + ".dll")] : [];
        var start = new ProcessStartInfo(own, [.. first, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(BenchCommand.InlineCompletions);
        start.Environment.Remove(BenchCommand.SocketThreads);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>What it has used up so far.</summary>
    public async Task<ServerUsage> GetUsageAsync(CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync(ServerJson.AskUsage);
        await _process.StandardInput.FlushAsync(ct);
        return await HearAsync(ServerJson.Default.ServerUsage, s_answerWithin, ct);
    }

    /// <summary>Ends it without warning (SIGKILL) and waits until it has ended.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                _process.StandardInput.Close();
                using var patience = new CancellationTokenSource(s_stopWithin);
                while (await _process.StandardOutput.ReadLineAsync(patience.Token) is not null)
                {
                    // what it logs on its way out
                }

                await _process.WaitForExitAsync(patience.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
    }

    private async Task<T> HearAsync<T>(JsonTypeInfo<T> type, TimeSpan within, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(within);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(ServerJson.Mark, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize(line.AsSpan(ServerJson.Mark.Length), type)!;
            }

            Keep(line);
        }

        await _process.WaitForExitAsync(ct);
        throw new InvalidOperationException($"The server ended with {_process.ExitCode}. It printed:{Environment.NewLine}{LastLines()}");
    }

    private void Keep(string? line)
    {
        lock (_logged)
        {
            if (line is not null)
            {
                _logged.Enqueue(line);
            }

            if (_logged.Count > KeptLines)
            {
                _logged.Dequeue();
            }
        }
    }

    private string LastLines()
    {
        lock (_logged)
        {
            return string.Join(Environment.NewLine, _logged);
        }
    }
}
