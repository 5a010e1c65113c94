using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A portal without a limit on public requests.</summary>
public sealed class GenerousPortal : IAsyncLifetime
{
    public PortalFactory Portal { get; } = new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:PublicRequestsPerSecondPerAddress"] = "100000" },
    };

    public ValueTask InitializeAsync() => Portal.InitializeAsync();

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

/// <summary>The operations open to anyone who knows a token, and how client session secrets are renewed.</summary>
public sealed class PublicOperationsTests(GenerousPortal generous) : IClassFixture<GenerousPortal>
{
    private readonly PortalFactory _portal = generous.Portal;

    [Theory]
    [InlineData("2022-04-07")]
    [InlineData("2025-09-10")]
    public async Task A_token_is_read_without_a_key_and_without_card_events_or_secret(string version)
    {
        using var client = _portal.SandboxClient();
        using var anyone = _portal.AnonymousClient().InVersion(version);
        var id = await client.CreateAsync(new ACard { Description = "Table for twelve" });

        var read = (await anyone.GetPublicAsync(id)).ShouldBeOk();

        string[] expected = ["id", "status", "createdAt", "updatedAt", "reference", "description", "merchantInitiatedTransactionType", "paymentSource", "paymentMethods"];
        read.PropertyNames().ShouldBe([.. expected.Where(member => version != "2022-04-07" || member != "paymentSource")]);
        read.Everything.ShouldNotContain("1005");
        (await client.RefreshAsync(id)).ShouldBeOk();
        (await anyone.GetPublicAsync(id)).ShouldBeOk().Body.ShouldBe(read.Body);
    }

    [Fact]
    public async Task A_key_is_not_looked_at_no_matter_what_it_is()
    {
        using var client = _portal.SandboxClient();
        using var wrong = _portal.ClientOf("sk_sandbox_wrong");
        using var production = _portal.ProductionClient();
        var id = await client.CreateAsync();

        (await wrong.GetPublicAsync(id)).ShouldBeOk();
        (await production.GetPublicAsync(id)).ShouldBeOk();
        (await wrong.RefreshPublicAsync(id)).ShouldBeOk();
        (await wrong.GetIntentAsync(id)).ShouldBeProblem(401);
        (await wrong.RefreshAsync(id)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task A_production_token_is_read_too()
    {
        using var production = _portal.ProductionClient();
        using var anyone = _portal.AnonymousClient().InVersion("2025-09-10");
        var id = await production.CreateAsync(ACard.None);

        (await anyone.GetPublicAsync(id)).ShouldBeOk()["id"].ShouldStartWith("si_prod_");
        (await anyone.GetPublicAsync(id.Replace("_prod_", "_sandbox_", StringComparison.Ordinal))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task The_version_is_needed()
    {
        using var client = _portal.SandboxClient();
        using var anyone = _portal.AnonymousClient();
        var id = await client.CreateAsync();

        (await anyone.GetPublicAsync(id)).ShouldBeInvalid("Version");
        (await anyone.RefreshPublicAsync(id)).ShouldBeInvalid("Version");
    }

    [Fact]
    public async Task What_is_no_token_is_not_found_in_the_same_words()
    {
        using var anyone = _portal.AnonymousClient().InVersion("2025-09-10");
        var answers = new List<ApiAnswer>();
        foreach (var id in new[] { "si_sandbox_AAAAAAAAAAAAAAAAAAAAAA", "si_prod_AAAAAAAAAAAAAAAAAAAAAA", "x", "pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA" })
        {
            answers.Add((await anyone.GetPublicAsync(id)).ShouldBeProblem(404));
            answers.Add((await anyone.RefreshPublicAsync(id)).ShouldBeProblem(404));
        }

        answers.Select(answer => answer.BodyWithoutTraceId()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(false, "2025-09-10")]
    [InlineData(true, "2025-09-10")]
    [InlineData(false, "2022-04-07")]
    [InlineData(true, "2022-04-07")]
    public async Task A_renewed_secret_is_in_Dojos_form_lasts_half_an_hour_and_nothing_else_changes(bool isPublic, string version)
    {
        using var client = _portal.SandboxClient().InVersion(version);
        var id = await client.CreateAsync();
        var before = (await client.GetIntentAsync(id)).ShouldBeOk();
        _portal.Clock.Advance(TimeSpan.FromSeconds(90));
        Task<ApiAnswer> RefreshAsync() => isPublic ? client.RefreshPublicAsync(id) : client.RefreshAsync(id);

        var first = (await RefreshAsync()).ShouldBeOk();
        var second = (await RefreshAsync()).ShouldBeOk();

        foreach (var answer in new[] { first, second })
        {
            // In base64, 118 bytes leave one byte over: two characters of padding.
            answer["clientSessionSecret"].ShouldMatch("^[A-Za-z0-9_-]{158}==$");
            var now = _portal.Clock.GetUtcNow();
            answer["clientSessionSecretExpirationDate"].ShouldBe(now.AddMinutes(30).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
            answer.PropertyNames().Contains("setupEvents", StringComparer.Ordinal).ShouldBe(!isPublic);
            answer.Everything.Contains("52000000****1005", StringComparison.Ordinal).ShouldBe(!isPublic);
        }

        second["clientSessionSecret"].ShouldNotBe(first["clientSessionSecret"], StringComparer.Ordinal);
        (await client.GetIntentAsync(id)).Body.ShouldBe(before.Body);
        before.Body.ShouldNotContain("clientSession");
    }

    [Fact]
    public async Task No_secret_is_in_any_file()
    {
        using var client = _portal.SandboxClient();
        var id = await client.CreateAsync();
        var secret = (await client.RefreshAsync(id)).ShouldBeOk()["clientSessionSecret"];

        _portal.FilesContain(System.Text.Encoding.ASCII.GetBytes(secret)).ShouldBeFalse();
        _portal.FilesContain(Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/'))).ShouldBeFalse();
        _portal.FilesContain("Booking 4711"u8).ShouldBeTrue("else nothing was looked at");
    }

    [Theory]
    [InlineData("Canceled")]
    [InlineData("Closed")]
    [InlineData("CardExpired")]
    public async Task What_has_ended_needs_no_secret(string status)
    {
        using var client = _portal.SandboxClient();
        var id = await client.CreateAsync(status switch
        {
            "Canceled" => ACard.None,
            "Closed" => new ACard(),
            _ => new ACard { Expiry = "01/20" },
        });
        if (status != "CardExpired")
        {
            (await client.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeOk();
        }

        (await client.RefreshAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain(status);
        (await client.RefreshPublicAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain(status);
        (await client.GetIntentAsync(id))["status"].ShouldBe(status);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:PublicRequestsPerSecondPerAddress"] = "1" },
        });
        using var client = portal.SandboxClient();
        using var anyone = portal.AnonymousClient().InVersion("2025-09-10");
        var id = await client.CreateAsync();

        // Two concurrent requests are allowed, plus one for each second that passes: thirty at once are too many on any machine.
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => anyone.GetPublicAsync(id)));

        answers.Count(answer => (int)answer.Status == 200).ShouldBeGreaterThanOrEqualTo(2);
        var refused = answers.Where(answer => (int)answer.Status != 200).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(answer => answer.ShouldBeProblem(429).Header("Retry-After") == "1");
        (await client.GetIntentAsync(id)).ShouldBeOk();
    }

    [Fact]
    public async Task The_production_environment_renews_with_a_key_of_its_own()
    {
        using var production = _portal.ProductionClient();
        var id = await production.CreateAsync(ACard.None);
        _portal.ProductionKey.Key.Tenant.Environment.ShouldBe(TenantEnvironment.Production);

        (await production.RefreshAsync(id)).ShouldBeOk()["clientSessionSecret"].Length.ShouldBe(160);
    }
}
