using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Bench.Load;

/// <summary>Hears how the requests of a connection end. Called on the thread that waits for all sockets, so it must be quick.</summary>
internal interface ILoad
{
    /// <summary>The request under way was answered. Another may be sent from within.</summary>
    void Answered(LoadConnection connection, in HttpAnswer answer);

    /// <summary>The connection has ended, with a request under way if it <see cref="LoadConnection.IsBusy"/>; it cannot be used again.</summary>
    void Broken(LoadConnection connection);
}

/// <summary>
/// A connection that costs little: a socket, a buffer each way, and one request at a time. <see cref="System.Net.Http.HttpClient"/>
/// takes several times as much processor time, which the server under test would lack.
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

    /// <summary>From when the request under way counts, as a timestamp of the load's clock.</summary>
    public long Since { get; private set; }

    /// <summary>What the requests call the one under way.</summary>
    public long Tag { get; private set; }

    /// <summary>Whether a request is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <exception cref="SocketException">Nobody listens there.</exception>
    public async Task ConnectAsync(IPEndPoint server, CancellationToken ct)
    {
        await _socket.ConnectAsync(server, ct);
        Receive(hasEnded: false);
    }

    /// <summary>Sends the next request. Not while one is under way.</summary>
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
            // One request at a time: nothing of another answer can be behind it.
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
