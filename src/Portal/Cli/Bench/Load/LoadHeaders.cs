namespace Dojo.Pci.Portal.Cli.Bench.Load;

/// <summary>What a proxy that ends TLS adds to every request: the product is measured behind one.</summary>
internal static class LoadHeaders
{
    /// <summary>Lines of a request's head.</summary>
    public const string OfProxy = "Host: localhost\r\nX-Forwarded-Proto: https\r\n";
}
