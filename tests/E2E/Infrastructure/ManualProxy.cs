using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>A real proxy that terminates TLS in front of a portal, with the configuration of <c>docs/operations.md</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ManualProxy : IAsyncDisposable
{
    private const string NameInManual = "pci.example.com";
    private readonly Process _process;
    private readonly string _directory;

    private ManualProxy(Process process, string directory) => (_process, _directory) = (process, directory);

    /// <summary>Starts a proxy.</summary>
    /// <param name="kind"><c>nginx</c> or <c>haproxy</c>.</param>
    /// <param name="port">The port that it listens on, on this machine only, with a certificate made for the test.</param>
    /// <param name="portal">The portal behind it.</param>
    public static async Task<ManualProxy> StartAsync(string kind, int port, PortalProcess portal)
    {
        var ct = TestContext.Current.CancellationToken;
        var directory = Directory.CreateTempSubdirectory($"dojo-pci-portal-{kind}-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101); // the nginx workers run as another user
        var (certificate, key) = MakeCertificate();
        await File.WriteAllTextAsync(Path.Combine(directory, "tls.pem"), kind == "haproxy" ? certificate + "\n" + key : certificate, ct);
        await File.WriteAllTextAsync(Path.Combine(directory, "tls.key"), key, ct);

        var configuration = Path.Combine(directory, "configuration");
        var text = InManual(kind, await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "operations.md"), ct));
        await File.WriteAllTextAsync(configuration, Fill(kind, text, port, portal.BaseAddress.Authority, directory), ct);
        var start = kind == "nginx"
            ? new ProcessStartInfo("/usr/sbin/nginx", ["-p", directory, "-c", configuration, "-e", "stderr", "-g", "daemon off;"])
            : new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", configuration]);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        var proxy = new ManualProxy(Process.Start(start)!, directory);
        try
        {
            await proxy.UntilItListensAsync(port, ct);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    // Finds the code block in that language.
    private static string InManual(string language, string manual)
    {
        var blocks = manual.Split($"```{language}\n")[1..];
        blocks.Length.ShouldBe(1, $"operations.md shows one configuration of {language}");
        return blocks[0].Split("```")[0];
    }

    // Fills in what a reader of the manual fills in, and paths where a test may write.
    private static string Fill(string kind, string text, int port, string portal, string directory)
    {
        (string Manual, string Here)[] changes = kind == "nginx"
            ?
            [
                ("listen 443 ssl", $"listen 127.0.0.1:{port} ssl"), ("/etc/nginx/tls", $"{directory}/tls"), ("/run/nginx.pid", $"{directory}/pid"),
                ("http {", $"http {{ client_body_temp_path {directory}; proxy_temp_path {directory}; fastcgi_temp_path {directory}; uwsgi_temp_path {directory}; scgi_temp_path {directory};"),
                ("http://127.0.0.1:5080", $"http://{portal}"), (NameInManual, "localhost"),
            ]
            : [("bind :443", $"bind 127.0.0.1:{port}"), ("/etc/haproxy/tls", $"{directory}/tls"), ("127.0.0.1:5080", portal)];
        foreach (var (manual, here) in changes)
        {
            text.ShouldContain(manual);
            text = text.Replace(manual, here, StringComparison.Ordinal);
        }

        return text;
    }

    private static (string Certificate, string Key) MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task UntilItListensAsync(int port, CancellationToken ct)
    {
        for (var patience = 200; ; patience--)
        {
            _process.HasExited.ShouldBeFalse(_process.HasExited ? await _process.StandardError.ReadToEndAsync(ct) : "");
            patience.ShouldBePositive("the proxy did not listen");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, ct);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, ct);
            }
        }
    }
}
