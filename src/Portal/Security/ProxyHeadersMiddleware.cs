using System.Net;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Takes the address and the scheme of a request from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> if a trusted proxy sent it.
/// Each of several proxies appends an entry, so both lists are read from the end, up to the first sender that is not a trusted proxy.
/// The sender itself wrote the entries before that, so they are ignored. <c>X-Forwarded-Host</c> is not read.
/// </summary>
/// <remarks>
/// The framework's middleware reads the list of schemes to its beginning if there is no list of addresses, and so would trust what a
/// client wrote there.
/// </remarks>
internal sealed class ProxyHeadersMiddleware(RequestDelegate next, TrustedProxies proxies)
{
    private const string Addresses = "X-Forwarded-For";
    private const string Schemes = "X-Forwarded-Proto";

    public Task InvokeAsync(HttpContext context)
    {
        if (proxies.Contains(context.Connection.RemoteIpAddress))
        {
            TakeScheme(context.Request, TakeAddress(context));
        }

        return next(context);
    }

    // Returns the number of connections over which the request came: the last is the one to us, the first is the client's own.
    private int TakeAddress(HttpContext context)
    {
        var connections = 1;
        var senders = new Backwards(context.Request.Headers[Addresses]);
        while (senders.TryNext(out var sender) && IPEndPoint.TryParse(sender, out var endpoint))
        {
            (context.Connection.RemoteIpAddress, context.Connection.RemotePort) = (endpoint.Address, endpoint.Port);
            if (!proxies.Contains(endpoint.Address))
            {
                break;
            }

            connections++;
        }

        return connections;
    }

    // A proxy that replaces the list instead of appending to it leaves fewer entries than there were connections; then the first entry counts.
    private static void TakeScheme(HttpRequest request, int connections)
    {
        var schemes = new Backwards(request.Headers[Schemes]);
        for (var walked = 0; walked < connections && schemes.TryNext(out var scheme); walked++)
        {
            // Some proxies name the scheme of a WebSocket. An unknown scheme counts as unencrypted.
            var isEncrypted = scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("wss", StringComparison.OrdinalIgnoreCase);
            request.Scheme = isEncrypted ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }
    }

    /// <summary>Enumerates the entries of a list in a header, which may have several lines, from the last to the first.</summary>
    private ref struct Backwards(StringValues lines)
    {
        private int _line = lines.Count;
        private ReadOnlySpan<char> _rest;
        private bool _hasRest;

        public bool TryNext(out ReadOnlySpan<char> entry)
        {
            if (!_hasRest)
            {
                if (_line == 0)
                {
                    entry = default;
                    return false;
                }

                _rest = lines[--_line];
            }

            var comma = _rest.LastIndexOf(',');
            entry = _rest[(comma + 1)..].Trim();
            _hasRest = comma >= 0;
            _rest = _hasRest ? _rest[..comma] : default;
            return true;
        }
    }
}
