using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Connects to targets. A name is resolved here and the connection made to the very address that was validated, so that a name that leads elsewhere a moment
/// later is of no use. Nothing goes by a proxy, and no redirect is followed.
/// </summary>
internal sealed class WebhookConnections(WebhookTargets targets, IHostResolver resolver)
{
    private const int LargestHeadKilobytes = 16;

    public HttpClient Open()
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, ct),
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = LargestHeadKilobytes,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // what a name leads to now is looked up again after that
            UseCookies = false,
            UseProxy = false,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // each attempt has its own budget
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        var addresses = Array.FindAll(await resolver.ResolveAsync(target.Host, ct), address => targets.Allows(target.Host, address));
        if (addresses.Length == 0)
        {
            throw new TargetRefusedException();
        }

        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], target.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException || i == addresses.Length - 1)
                {
                    throw;
                }
            }
        }
    }
}

/// <summary>A name leads to no address that events may be sent to.</summary>
internal sealed class TargetRefusedException() : Exception("The host has no address on the public internet.");
