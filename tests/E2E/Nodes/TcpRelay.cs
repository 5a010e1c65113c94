using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Tests.E2E.Nodes;

/// <summary>A network link that can be cut: it relays connections to a port of this machine.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private readonly int _target;
    private bool _isCut;

    /// <param name="target">The port that it relays to.</param>
    public TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Blocks traffic in both directions: connections stay open but silent, as with an unplugged cable.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
        }
    }

    /// <summary>Plugs the cable in again; existing connections are broken and must be reopened.</summary>
    public void Mend()
    {
        TcpClient[] broken;
        lock (_gate)
        {
            _isCut = false;
            broken = [.. _open];
            _open.Clear();
        }

        Array.ForEach(broken, client => client.Dispose());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        Mend();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = LeadAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task LeadAsync(TcpClient caller)
    {
        var target = new TcpClient { NoDelay = true };
        caller.NoDelay = true;
        lock (_gate)
        {
            _open.AddRange([caller, target]);
        }

        try
        {
            await target.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(CopyAsync(caller, target), CopyAsync(target, caller));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // One side has closed the connection.
        }
        finally
        {
            caller.Dispose();
            target.Dispose();
            lock (_gate)
            {
                _open.Remove(caller);
                _open.Remove(target);
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            bool isCut;
            lock (_gate)
            {
                isCut = _isCut;
            }

            if (isCut)
            {
                await Task.Delay(Timeout.Infinite, _end.Token); // until the link is mended, when both ends are closed
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
