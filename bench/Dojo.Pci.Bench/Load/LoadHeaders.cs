namespace Dojo.Pci.Bench.Load;

/// <summary>What a proxy that ends TLS adds to every request: the product is measured behind one.</summary>
internal static class LoadHeaders
{
    /// <summary>Lines of a request's head.</summary>
    public const string OfProxy = $"Host: {Host}\r\n{Scheme}: https\r\n";

    private const string Host = "localhost";
    private const string Scheme = "X-Forwarded-Proto";

    /// <summary>The same for a request of the framework's client.</summary>
    public static void AddTo(HttpRequestMessage request)
    {
        request.Headers.Host = Host;
        request.Headers.Add(Scheme, "https");
    }
}
