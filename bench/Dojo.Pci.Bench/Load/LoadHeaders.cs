namespace Dojo.Pci.Bench.Load;

/// <summary>The headers that a TLS-terminating proxy adds to every request: the product is measured behind one.</summary>
internal static class LoadHeaders
{
    /// <summary>The headers as lines of a request.</summary>
    public const string OfProxy = $"Host: {Host}\r\n{Scheme}: https\r\n";

    private const string Host = "localhost";
    private const string Scheme = "X-Forwarded-Proto";

    /// <summary>Adds the same headers to a request of the framework's client.</summary>
    public static void AddTo(HttpRequestMessage request)
    {
        request.Headers.Host = Host;
        request.Headers.Add(Scheme, "https");
    }
}
