using System.Net;
using Dojo.Pci.Tokenization.Fairness;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Limits the number of open connections, including those that have sent nothing yet; addresses share them. It runs before TLS, so that a handshake
/// that never ends counts too.
/// </summary>
internal sealed class ConnectionLimit(IOptions<LimitOptions> options)
{
    private readonly FairShares<IPAddress> _shares = new(options.Value.Connections);

    /// <summary>Serves a connection, or closes it at once if its address has no place.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var network = AddressLimiter.NetworkOf((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!_shares.TryEnter(network))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _shares.Leave(network);
        }
    }
}
