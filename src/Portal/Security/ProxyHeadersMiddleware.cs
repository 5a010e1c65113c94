using System.Net;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Takes the address and the scheme of a request from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> where a trusted proxy
/// sent it. Several proxies in a row each add an entry at the end, so both lists are walked back from there, to the first sender
/// that is no trusted proxy; what stands before that is the sender's own word and does not count. <c>X-Forwarded-Host</c> is not read.
/// </summary>
/// <remarks>
/// The framework's middleware walks the list of schemes to its beginning where there are no addresses beside it, and would believe
/// what a client wrote there.
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

    // Answers how many connections the request came over: the last is the one to us, the first is the client's own.
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

    // A proxy that does not add to the list but writes it anew leaves fewer entries than there were connections: then the first one counts.
    private static void TakeScheme(HttpRequest request, int connections)
    {
        var schemes = new Backwards(request.Headers[Schemes]);
        for (var walked = 0; walked < connections && schemes.TryNext(out var scheme); walked++)
        {
            // Some proxies name the scheme of a WebSocket. What is not known to be encrypted is not.
            var isEncrypted = scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("wss", StringComparison.OrdinalIgnoreCase);
            request.Scheme = isEncrypted ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }
    }

    /// <summary>The entries of a list in a header, which may be several lines, from the last to the first.</summary>
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
