namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Plays the proxy that terminates TLS in front of a portal: passes the host on, and says that the client used HTTPS.</summary>
internal sealed class TlsProxyHandler(PortalFactory portal) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Host ??= new Uri(portal.PublicAddress).Authority;
        if (!request.Headers.Contains("X-Forwarded-Proto"))
        {
            request.Headers.Add("X-Forwarded-Proto", "https");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
