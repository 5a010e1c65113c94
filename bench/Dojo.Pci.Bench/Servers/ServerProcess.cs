using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Bench.Servers;

/// <summary>
/// A server under test: a child process on a free port of this machine. Disposing asks it to stop, then kills this one process by its id. If this
/// process is killed, the child stops by itself.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 50;
    private static readonly TimeSpan s_startWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pollEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly Channel<long> _allocated = Channel.CreateUnbounded<long>();
    private readonly Queue<string> _printed = [];
    private bool _isDisposed;

    private ServerProcess(ProcessStartInfo start, IPEndPoint address, ServerKeys keys)
    {
        (Address, Keys) = (address, keys);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it was under load before, so that the next load need not warm it up.</summary>
    public bool WasLoaded { get; set; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The API keys that were created for it.</summary>
    public ServerKeys Keys { get; }

    /// <summary>The memory that it holds now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="kind">The kind of server.</param>
    /// <param name="home">The directory of its data; null for the echo server.</param>
    /// <param name="locations">The number of locations to create API keys for; missing locations are created.</param>
    /// <param name="variables">Environment variables to set.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="settings">Settings that override the usual ones.</param>
    public static async Task<ServerProcess> StartAsync(
        ServerKind kind, VaultHome? home, int locations, IReadOnlyDictionary<string, string>? variables, CancellationToken ct, params IReadOnlyList<string> settings)
    {
        var keys = home is not null && locations > 0 ? await ServerKeys.MakeAsync(home, locations, ct) : ServerKeys.None;
        var address = FreePort();
        var server = new ServerProcess(StartInfo(kind, home, address, variables, settings), address, keys);
        try
        {
            await server.WaitUntilItListensAsync(ct);
            return server;
        }
        catch
        {
            await server.KillAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finds a port of this machine that is free now.</summary>
    public static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Asks the server how many bytes its managed code has allocated so far.</summary>
    public async Task<long> GetAllocatedBytesAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_answerWithin);
        await _process.StandardInput.WriteLineAsync(ServerProbe.AskAllocated.AsMemory(), patience.Token);
        await _process.StandardInput.FlushAsync(patience.Token);
        try
        {
            return await _allocated.Reader.ReadAsync(patience.Token);
        }
        catch (Exception exception) when (exception is ChannelClosedException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new InvalidOperationException($"The server does not answer. {LastLines()}", exception);
        }
    }

    /// <summary>Kills it without warning (SIGKILL) and waits until it has ended.</summary>
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
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            try
            {
                _process.StandardInput.Close();
                using var patience = new CancellationTokenSource(s_stopWithin);
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(
        ServerKind kind, VaultHome? home, IPEndPoint address, IReadOnlyDictionary<string, string>? variables, IReadOnlyList<string> more)
    {
        string[] settings = [.. home is null ? [] : Product.Settings(home), .. Product.ListeningOn(address), .. more];
        var own = typeof(ServerProcess).Assembly.Location;
        var start = kind == ServerKind.Product
            ? ChildProcess.Dotnet(Product.Assembly, settings)
            : ChildProcess.Dotnet(own, ServeCommand.Arguments(kind, settings));
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true, true);
        start.Environment[ServerProbe.Variable] = own;
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task WaitUntilItListensAsync(CancellationToken ct)
    {
        using var client = new SingleClient(Address, new GetRequests([("/health/live", "none")]));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_startWithin);
        try
        {
            while (await Task.Run(client.TryAsk, patience.Token) is null)
            {
                if (_process.HasExited)
                {
                    await _process.WaitForExitAsync(patience.Token); // to receive its last lines
                    throw new InvalidOperationException($"The server ended with {_process.ExitCode}. {LastLines()}");
                }

                await Task.Delay(s_pollEvery, patience.Token);
            }
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not listen within {s_startWithin}. {LastLines()}", exception);
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _allocated.Writer.TryComplete();
        }
        else if (ServerProbe.TryRead(line, out var bytes))
        {
            _allocated.Writer.TryWrite(bytes);
        }
        else
        {
            Keep(line);
        }
    }

    private void Keep(string? line)
    {
        lock (_printed)
        {
            if (line is not null)
            {
                _printed.Enqueue(line);
            }

            if (_printed.Count > KeptLines)
            {
                _printed.Dequeue();
            }
        }
    }

    private string LastLines()
    {
        lock (_printed)
        {
            return $"It printed:{Environment.NewLine}{string.Join(Environment.NewLine, _printed)}";
        }
    }
}
