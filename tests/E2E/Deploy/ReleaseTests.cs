using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Faults;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Deploy;

/// <summary>The output of <c>deploy/release</c>, which runs as in a container image.</summary>
[Trait("Length", "Long")]
public sealed class ReleaseTests(Release release) : IClassFixture<Release>
{
    private const string Nobody = "65534";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_releases_of_one_commit_are_equal_byte_for_byte()
    {
        var files = Directory.GetFiles(release.First).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray();

        files.Length.ShouldBe(4);
        Directory.GetFiles(release.Second).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ShouldBe(files);
        foreach (var file in files)
        {
            File.ReadAllBytes(Path.Combine(release.First, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(release.Second, file))).ShouldBeTrue(file);
        }
    }

    [Fact]
    public async Task Checksums_bill_of_materials_and_provenance_are_of_what_is_shipped()
    {
        var sums = (await File.ReadAllLinesAsync(Path.Combine(release.First, "SHA256SUMS"), Ct)).Select(line => line.Split("  ")).ToDictionary(line => line[1], line => line[0], StringComparer.Ordinal);
        sums.Count.ShouldBe(3);
        foreach (var (file, sum) in sums)
        {
            await using var content = File.OpenRead(Path.Combine(release.First, file));
            Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Ct)).ShouldBe(sum);
        }

        using var materials = await ReadAsync(".cdx.json");
        var parts = materials.RootElement.GetProperty("components").EnumerateArray().Select(part => part.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);
        materials.RootElement.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        new[] { "Microsoft.Data.Sqlite", "SQLitePCLRaw.config.e_sqlite3", "MudBlazor", "Dapper", "Microsoft.NETCore.App.Runtime.linux-x64" }.ShouldAllBe(part => parts.Contains(part));
        parts.Where(part => part.StartsWith("xunit", StringComparison.Ordinal) || part.StartsWith("Meziantou", StringComparison.Ordinal)).ShouldBeEmpty();

        using var provenance = await ReadAsync(".intoto.json");
        provenance.RootElement.GetProperty("predicateType").GetString().ShouldBe("https://slsa.dev/provenance/v1");
        var subjects = provenance.RootElement.GetProperty("subject").EnumerateArray().ToList();
        subjects.Count.ShouldBe(2);
        subjects.ShouldAllBe(subject => sums[subject.GetProperty("name").GetString()!] == subject.GetProperty("digest").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task It_tokenizes_as_an_ordinary_user_who_can_write_nothing_but_the_data()
    {
        await using var program = await Mount.ReadOnlyViewAsync(release.Unpacked);
        var home = Directory.CreateTempSubdirectory("dojo-pci-home-").FullName;
        var (data, keys) = (Path.Combine(home, "data"), Path.Combine(home, "keys"));
        try
        {
            Directory.CreateDirectory(data);
            Directory.CreateDirectory(keys);
            await File.WriteAllBytesAsync(Path.Combine(keys, "root.key"), RandomNumberGenerator.GetBytes(32), Ct);
            await Machine.RunAsync("chmod", "755", home);
            await Machine.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", data, Path.Combine(keys, "root.key"));
            await Machine.RunAsync("chmod", "700", data);
            await Machine.RunAsync("chmod", "400", Path.Combine(keys, "root.key"));
            var address = new Uri($"http://127.0.0.1:{PortalProcess.FreePort()}");
            ProcessStartInfo Start(params string[] arguments) => AsNobody(
                Path.Combine(program.Path, "Dojo.Pci.Portal"), arguments,
                $"Portal__DataDirectory={data}", $"Vault__KeyDirectory={keys}", $"Urls={address.GetLeftPart(UriPartial.Authority)}",
                "Portal__PublicAddress=https://pci.example.com", "Portal__TrustedProxies=127.0.0.1", "DOTNET_EnableDiagnostics=0");

            var (exitCode, key) = await DotnetProgram.RunAsync(Start("api-keys", "create", "sandbox"), Ct);
            exitCode.ShouldBe(0, key);
            using var portal = Process.Start(Start())!;
            try
            {
                using var client = new HttpClient { BaseAddress = address };
                await WaitUntilReadyAsync(client, portal);
                client.DefaultRequestHeaders.Host = "pci.example.com";
                client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
                client.DefaultRequestHeaders.Add("version", "2026-02-27");
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {key.Split('\n').Single(line => line.StartsWith("sk_sandbox_", StringComparison.Ordinal)).Trim()}");

                using var answer = await client.PostAsJsonAsync("/setup-intents", new { cardNumber = "5200000000001005", expiryDate = "12/29", reference = "From a read-only place" }, Ct);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("\"status\":\"Authorized\"");
                using var style = await client.GetAsync(new Uri("/theme.css", UriKind.Relative), Ct);
                style.StatusCode.ShouldBe(HttpStatusCode.OK, "its own files are beside it");
            }
            finally
            {
                await Machine.RunAsync("kill", portal.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                await portal.WaitForExitAsync(CancellationToken.None);
            }

            portal.ExitCode.ShouldBe(0);
        }
        finally
        {
            await Machine.RunAsync("rm", "-r", home);
        }
    }

    // Nothing of the test environment is passed on: no home directory, and no SDK to fall back on.
    private static ProcessStartInfo AsNobody(string program, string[] arguments, params string[] variables)
    {
        string[] command = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", "env", "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent", .. variables, program, .. arguments];
        return new ProcessStartInfo(Environment.IsPrivilegedProcess ? command[0] : "sudo", Environment.IsPrivilegedProcess ? command[1..] : ["-n", .. command])
        {
            RedirectStandardOutput = arguments.Length > 0,
            RedirectStandardError = arguments.Length > 0,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
    }

    private static async Task WaitUntilReadyAsync(HttpClient client, Process portal)
    {
        while (true)
        {
            portal.HasExited.ShouldBeFalse("it ended before it answered");
            try
            {
                using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        }
    }

    private async Task<JsonDocument> ReadAsync(string ending)
    {
        await using var file = File.OpenRead(Directory.GetFiles(release.First, $"*{ending}").Single());
        return await JsonDocument.ParseAsync(file, cancellationToken: Ct);
    }
}
