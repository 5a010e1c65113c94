using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Portal.Api.LeakedKeys;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Configuration;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class LeakedKeysTests : IDisposable
{
    // GitHub's documented example: its key, and what it signed.
    private const string DocumentedKeyId = "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c";
    private const string DocumentedKey = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n";
    private const string DocumentedSignature = "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==";
    private const string DocumentedBody = """[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]""";

    private readonly ECDsa _scanner = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _scanner.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_report_that_GitHub_documents_is_taken_and_answered_by_the_hash()
    {
        await using var portal = await StartAsync();
        using var client = portal.AnonymousClient();

        using var answer = await client.SendAsync(Request(DocumentedBody, DocumentedKeyId, DocumentedSignature), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var verdict = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement[0];
        verdict.GetProperty("token_hash").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData("some_token"u8)));
        verdict.GetProperty("token_type").GetString().ShouldBe("some_type");
        verdict.GetProperty("label").GetString().ShouldBe("false_positive");
    }

    [Fact]
    public async Task A_sandbox_key_is_refused_from_the_next_request_on_and_the_trail_says_where_it_was_found()
    {
        await using var portal = await StartAsync();
        (await portal.TokenizeAsync(new ACard())).ShouldBeOk();

        (await ReportAsync(portal, portal.SandboxKey.Secret)).ShouldContain("true_positive");

        (await portal.TokenizeAsync(new ACard())).ShouldBeProblem(401);
        var entries = await EntriesAsync(portal, portal.SandboxKey.Key);
        var entry = entries.ShouldHaveSingleItem();
        (entry.Action, entry.Succeeded).ShouldBe((AuditAction.ApiKeyDeleted.Name, true));
        entry.Detail.ShouldEndWith("found in https://github.com/octocat/x");
    }

    [Fact]
    public async Task A_production_key_goes_on_working_and_raises_an_alarm_once()
    {
        await using var portal = await StartAsync();
        using var owner = await APerson.OwnerAsync(portal);
        await ReportAsync(portal, portal.ProductionKey.Secret);
        await ReportAsync(portal, portal.ProductionKey.Secret);

        (await portal.Services.GetRequiredService<IApiKeyService>().AuthenticateAsync(portal.ProductionKey.Secret, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (await EntriesAsync(portal, portal.ProductionKey.Key)).ShouldHaveSingleItem().Action.ShouldBe(AuditAction.ApiKeyLeaked.Name);
        (await owner.Browser.OpenAsync("/?env=production")).Html.ShouldContain("was found in public");
    }

    [Fact]
    public async Task A_report_that_none_of_the_keys_has_signed_changes_nothing()
    {
        await using var portal = await StartAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = portal.AnonymousClient();
        var body = BodyOf(portal.SandboxKey.Secret);
        foreach (var request in new[]
        {
            Request(body, "ours", Sign(stranger, body)), Request(body, "another", Sign(_scanner, body)), Request(body, "ours", "nonsense"), Request(body, null, null),
            Request(body + " ", "ours", Sign(_scanner, body)),
        })
        {
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        }

        (await portal.TokenizeAsync(new ACard())).ShouldBeOk();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"type":"x"}]""")]
    [InlineData("""[{"token":7}]""")]
    [InlineData("[")]
    public async Task A_signed_body_that_is_no_report_is_refused(string body)
    {
        await using var portal = await StartAsync();
        using var client = portal.AnonymousClient();
        using var answer = await client.SendAsync(Request(body, "ours", Sign(_scanner, body)), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_keys_of_a_scanner_there_is_no_such_resource()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory());
        using var client = portal.AnonymousClient();
        using var answer = await client.SendAsync(Request(DocumentedBody, DocumentedKeyId, DocumentedSignature), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://github.com/octocat/x", "commit", "https://github.com/octocat/x")]
    [InlineData("https://example.com/4111111111111111", "issue_title", "a public issue title")]
    [InlineData("javascript:alert(1)", "<b>", "a public place")]
    [InlineData("", "", "a public place")]
    public void What_a_scanner_writes_is_shown_only_as_far_as_it_is_harmless(string address, string source, string shown) =>
        new LeakPlace(address, source).ToString().ShouldBe(shown);

    [Theory]
    [InlineData("", "not have the format of GitHub's public keys")]
    [InlineData("""{"public_keys":[]}""", "without a public key")]
    [InlineData("""{"public_keys":[{"key_identifier":"x","key":"nonsense"}]}""", "not have the format of GitHub's public keys")]
    public void A_file_that_has_no_keys_is_a_fault_of_the_settings(string content, string fault)
    {
        File.WriteAllText(_file, content);
        ScannerKeys.FaultsOfSetting(Configuration(_file)).ShouldHaveSingleItem().ShouldContain(fault);
        ScannerKeys.FaultsOfSetting(Configuration(_file + ".missing")).ShouldHaveSingleItem().ShouldContain("cannot be read");
    }

    private static IConfiguration Configuration(string file) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Api:ScannerKeysFile", file)]).Build();

    private Task<PortalFactory> StartAsync()
    {
        File.WriteAllText(_file, JsonSerializer.Serialize(new
        {
            public_keys = new[]
            {
                new { key_identifier = DocumentedKeyId, key = DocumentedKey, is_current = false },
                new { key_identifier = "ours", key = _scanner.ExportSubjectPublicKeyInfoPem(), is_current = true },
            },
        }));
        return PortalFactory.StartAsync(new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:ScannerKeysFile"] = _file } });
    }

    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(PortalFactory portal, ApiKey key)
    {
        var entries = await portal.Services.GetRequiredService<IAuditStore>().ListAsync(key.Tenant.Account, key.Id.Subject, before: null, 100, TestContext.Current.CancellationToken);
        return [.. entries.Select(recorded => recorded.Entry).Where(entry => entry.Actor == "secret scanning")];
    }

    private async Task<string> ReportAsync(PortalFactory portal, string secret)
    {
        using var client = portal.AnonymousClient();
        var body = BodyOf(secret);
        using var answer = await client.SendAsync(Request(body, "ours", Sign(_scanner, body)), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldNotContain(secret);
        return text;
    }

    private static string BodyOf(string secret) => $$"""[{"token":"{{secret}}","type":"dojo_api_key","url":"https://github.com/octocat/x","source":"content"}]""";

    private static string Sign(ECDsa key, string body) => Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static HttpRequestMessage Request(string body, string? key, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/leaked-keys") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (key is not null)
        {
            request.Headers.Add(LeakedKeysEndpoint.KeyHeader, key);
            request.Headers.Add(LeakedKeysEndpoint.SignatureHeader, signature);
        }

        return request;
    }
}
