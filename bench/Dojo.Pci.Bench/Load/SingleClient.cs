using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Bench.Load;

/// <summary>Sends one request at a time on a blocking connection, to find out when a server starts to answer.</summary>
internal sealed class SingleClient(IPEndPoint server, IRequests requests) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private readonly byte[] _request = new byte[8192];
    private readonly byte[] _answer = new byte[65_536];
    private Socket? _socket;

    /// <summary>Sends the next request and returns the status of its answer; null when no server listens or the connection ends.</summary>
    public int? TryAsk()
    {
        try
        {
            _socket ??= Connect();
            _socket.Send(_request.AsSpan(0, requests.Next(_request, out _)));
            var received = 0;
            while (_socket.Receive(_answer.AsSpan(received)) is var bytes and > 0)
            {
                received += bytes;
                if (HttpAnswer.TryRead(_answer.AsSpan(0, received), out var answer))
                {
                    return answer.Status;
                }
            }
        }
        catch (SocketException)
        {
            // Not listening yet, or no longer.
        }

        Dispose();
        return null;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)s_timeout.TotalMilliseconds };
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
