using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Bench.Load;

/// <summary>Receives the outcome of each request of a connection. It is called on the thread that polls all sockets, so it must be quick.</summary>
internal interface ILoad
{
    /// <summary>The request in flight was answered. The handler may send the next one.</summary>
    void Answered(LoadConnection connection, in HttpAnswer answer);

    /// <summary>The connection has ended, with a request in flight if it <see cref="LoadConnection.IsBusy"/>; it cannot be used again.</summary>
    void Broken(LoadConnection connection);
}

/// <summary>
/// A lightweight connection: a socket, a buffer for each direction, and one request at a time. <see cref="System.Net.Http.HttpClient"/> takes several
/// times as much processor time, which the server under test would lack.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int LongestRequest = 8192;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly byte[] _request = new byte[LongestRequest];
    private readonly ILoad _load;
    private byte[] _answer = new byte[4096];
    private int _received;
    private int _broken;

    public LoadConnection(ILoad load)
    {
        _load = load;
        _receiving.Completed += (_, _) => Receive(hasEnded: true);
    }

    /// <summary>When the request in flight starts to count, as a timestamp of the load's clock.</summary>
    public long Since { get; private set; }

    /// <summary>The tag of the request in flight.</summary>
    public long Tag { get; private set; }

    /// <summary>Whether a request is in flight.</summary>
    public bool IsBusy { get; private set; }

    /// <exception cref="SocketException">No server listens at the address.</exception>
    public async Task ConnectAsync(IPEndPoint server, CancellationToken ct)
    {
        await _socket.ConnectAsync(server, ct);
        Receive(hasEnded: false);
    }

    /// <summary>Sends the next request. Must not be called while one is in flight.</summary>
    public void Send(IRequests requests, long since)
    {
        var length = requests.Next(_request, out var tag);
        (Since, Tag, IsBusy) = (since, tag, true);
        try
        {
            _socket.Send(_request.AsSpan(0, length));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Break();
        }
    }

    public void Dispose()
    {
        _broken = 1;
        _socket.Dispose();
        _receiving.Dispose();
    }

    private void Receive(bool hasEnded)
    {
        try
        {
            while (!hasEnded || Take(_receiving.SocketError == SocketError.Success ? _receiving.BytesTransferred : 0))
            {
                _receiving.SetBuffer(_answer, _received, _answer.Length - _received);
                if (_socket.ReceiveAsync(_receiving))
                {
                    return;
                }

                hasEnded = true;
            }
        }
        catch (ObjectDisposedException)
        {
            return; // the load has ended
        }

        Break();
    }

    private bool Take(int bytes)
    {
        if (bytes == 0)
        {
            return false;
        }

        _received += bytes;
        if (HttpAnswer.TryRead(_answer.AsSpan(0, _received), out var answer))
        {
            // One request at a time: no other answer can follow in the buffer.
            (_received, IsBusy) = (0, false);
            _load.Answered(this, answer);
        }
        else if (_received == _answer.Length)
        {
            Array.Resize(ref _answer, _answer.Length * 2);
        }

        return true;
    }

    private void Break()
    {
        if (Interlocked.Exchange(ref _broken, 1) == 0)
        {
            _load.Broken(this);
        }
    }
}
