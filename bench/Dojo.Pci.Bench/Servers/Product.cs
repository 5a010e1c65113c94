using System.Net;

namespace Dojo.Pci.Bench.Servers;

/// <summary>How the product is started for measurements.</summary>
internal static class Product
{
    /// <summary>The name of its program, without an operating system's extension.</summary>
    public const string Name = "Dojo.Pci.Portal";

    /// <summary>The path of its project in the checkout.</summary>
    public const string Project = "src/Portal";

    /// <summary>Its assembly, built in the same configuration and for the same framework as this program.</summary>
    public static string Assembly { get; } = Find();

    /// <summary>The settings that it is measured with: as in production, behind a proxy on this machine.</summary>
    public static IReadOnlyList<string> Settings(VaultHome home) =>
    [
        "--environment", "Production",
        "--Portal:DataDirectory", home.Data,
        "--Portal:TrustedProxies:0", "127.0.0.1",
        "--Portal:PublicAddress", "https://localhost",
        "--Vault:KeyDirectory", home.Keys,
        "--Velocity:Enabled", "false", // tens of thousands of different numbers a second look like card testing
        .. home.Postgres is { } target ? ["--Storage:Provider", "Postgres", "--Storage:ConnectionString", target] : Array.Empty<string>(),
    ];

    /// <summary>Returns the setting that makes a server listen at an address.</summary>
    public static IReadOnlyList<string> ListeningOn(IPEndPoint address) => ["--urls", $"http://{address}"];

    private static string Find()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Checkout.PathOf(Path.Combine(Project, "bin", framework.Parent!.Name, framework.Name, Name + ".dll"));
        return File.Exists(path) ? path : throw new InvalidOperationException($"The product is not built: {path} is missing. Building bench builds it.");
    }
}
