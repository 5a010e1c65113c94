using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>The program finds its own files from any working directory, as when a service manager starts it from <c>/</c>.</summary>
public sealed partial class StartFolderTests : IDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("dojo-pci-portal-keys-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Started_from_the_root_of_the_disk_it_serves_every_file_that_a_page_links_to(string environment)
    {
        MakeRootKey();
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings
            {
                Environment = environment,
                WorkingDirectory = "/",
                Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Vault__KeyDirectory"] = _keys, ["Portal__TrustedProxies__0"] = "127.0.0.1", ["Portal__PublicAddress"] = "https://localhost" },
            },
            Ct);

        // As a proxy on this machine forwards requests that it received over TLS.
        portal.Client.DefaultRequestHeaders.Host = "localhost";
        portal.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var page = await portal.Client.GetStringAsync(new Uri("sign-in", UriKind.Relative), Ct);

        var files = LinkedFile().Matches(page).Select(match => match.Groups["address"].Value).Append("favicon.ico").ToList();
        files.ShouldContain(file => file.EndsWith(".css", StringComparison.Ordinal));
        files.ShouldContain(file => file.EndsWith(".js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await portal.Client.GetAsync(new Uri(file, UriKind.Relative), Ct);
            answer.IsSuccessStatusCode.ShouldBeTrue(file);
            (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldNotBeEmpty(file);
        }
    }

    // Both environments accept it: development would create one by itself.
    private void MakeRootKey()
    {
        var path = Path.Combine(_keys, "root.key");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }
    }

    [GeneratedRegex("""<(link|script)[^>]* (href|src)="(?<address>[^"]+)"[^>]*>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkedFile();
}
