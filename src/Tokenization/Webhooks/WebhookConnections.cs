using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Connects to targets. It resolves the host name itself and connects to the very address that it validated, so that a name that resolves to another address
/// a moment later gains nothing. It uses no proxy and follows no redirect.
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
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // after that, the name is resolved again
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

/// <summary>The target is not allowed, or its host name resolves to no address that events may be sent to.</summary>
internal sealed class TargetRefusedException() : Exception("The host has no address on the public internet.");
