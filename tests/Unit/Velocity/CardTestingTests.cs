using System.Globalization;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Velocity;

public sealed class CardTestingTests
{
    private const string Words = "Card velocity";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sequential_numbers_of_one_BIN_from_one_key_are_refused_with_words_of_their_own_while_another_key_is_served()
    {
        await using var portal = await PortalFactory.StartAsync();
        var other = await portal.CreateKeyAsync(TenantEnvironment.Production);
        using var tester = portal.ProductionClient();
        using var shop = portal.ClientOf(other.Secret);

        var answers = new List<ApiAnswer>();
        foreach (var number in NumbersOf("400012", 110))
        {
            answers.Add(await SendAsync(tester, number));
        }

        answers.Count(answer => (int)answer.Status == 200).ShouldBe(100);
        var refused = answers[^1];
        refused.ShouldBeProblem(429)["detail"].ShouldContain(Words);
        refused.Everything.ShouldNotContain("400012");
        int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 1200);
        (await portal.CountSetupIntentsAsync()).ShouldBe(100, "what is refused is not stored");
        (await SendAsync(shop, NumbersOf("510510", 1)[0])).ShouldBeOk();

        // Known cards are still accepted, and after some time new ones are too.
        (await SendAsync(tester, NumbersOf("400012", 1)[0])).ShouldBeOk();
        portal.Clock.Advance(TimeSpan.FromMinutes(20));
        (await SendAsync(tester, NumbersOf("400012", 120)[^1])).ShouldBeOk();
    }

    [Fact]
    public async Task An_episode_is_one_entry_of_the_trail_and_one_notice()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Settings = Limits("Production", ("NumbersPerKey", "3")) });
        using var owner = await APerson.OwnerAsync(portal);
        using var tester = portal.ProductionClient();
        foreach (var number in NumbersOf("400012", 10))
        {
            await SendAsync(tester, number);
        }

        var entries = await EntriesAsync(portal);
        var entry = entries.ShouldHaveSingleItem();
        entry.Action.ShouldBe("card testing refused");
        entry.Succeeded.ShouldBeFalse();
        entry.Detail.ShouldBe("Production: more than 3 different card numbers within 10 minutes");
        (await owner.Browser.OpenAsync("/?env=production")).Html.ShouldContain("Card testing refused");
        (await owner.Browser.OpenAsync($"/api-keys/{portal.ProductionKey.Key.Id.Value}?env=production")).Html.ShouldContain("Card testing refused");
        (await owner.Browser.OpenAsync("/?env=sandbox")).Html.ShouldNotContain("Card testing refused");
    }

    [Fact]
    public async Task All_keys_of_a_location_are_held_to_a_limit_together()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Settings = Limits("Production", ("NumbersPerLocation", "4")) });
        var other = await portal.CreateKeyAsync(TenantEnvironment.Production);
        using var first = portal.ProductionClient();
        using var second = portal.ClientOf(other.Secret);
        var numbers = NumbersOf("400012", 6);
        foreach (var number in numbers[..4])
        {
            (await SendAsync(first, number)).ShouldBeOk();
        }

        (await SendAsync(second, numbers[4])).ShouldBeProblem(429)["detail"].ShouldContain(Words);
        (await SendAsync(second, numbers[0])).ShouldBeOk();
    }

    [Fact]
    public async Task Repeating_a_request_and_sending_the_same_card_again_count_once_and_a_refused_one_leaves_its_idempotency_key_free()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Settings = Limits("Production", ("NumbersPerKey", "2")) });
        using var client = portal.ProductionClient();
        var numbers = NumbersOf("400012", 3);
        for (var i = 0; i < 5; i++)
        {
            (await SendAsync(client, numbers[0])).ShouldBeOk();
            (await SendAsync(client, numbers[1], ("Idempotency-Key", "second"))).ShouldBeOk();
        }

        (await SendAsync(client, numbers[2], ("Idempotency-Key", "third"))).ShouldBeProblem(429);
        portal.Clock.Advance(TimeSpan.FromMinutes(20));
        (await SendAsync(client, numbers[2], ("Idempotency-Key", "third"))).ShouldBeOk();
    }

    [Fact]
    public async Task Many_declined_cards_are_noticed()
    {
        await using var portal = await PortalFactory.StartAsync(
            new PortalFactory { Authorizer = new DecliningIssuer(), Settings = Limits("Production", ("DeclinedFrom", "5")) });
        using var client = portal.ProductionClient();
        var answers = new List<ApiAnswer>();
        foreach (var number in NumbersOf("400012", 8))
        {
            answers.Add(await SendAsync(client, number));
        }

        answers.Select(answer => (int)answer.Status).ShouldBe([200, 200, 200, 200, 200, 429, 429, 429]);
        answers[^1].ShouldBeProblem(429)["detail"].ShouldContain("declined");
    }

    [Fact]
    public async Task The_sandbox_has_no_such_rule_until_one_is_set_to_be_tried_out()
    {
        await using (var portal = await PortalFactory.StartAsync())
        {
            using var client = portal.SandboxClient();
            foreach (var card in TestCards.All)
            {
                (await SendAsync(client, card.Number)).ShouldBeOk();
            }
        }

        await using var trying = await PortalFactory.StartAsync(new PortalFactory { Settings = Limits("Sandbox", ("NumbersPerKey", "3")) });
        using var developer = trying.SandboxClient();
        foreach (var card in TestCards.All.Take(3))
        {
            (await SendAsync(developer, card.Number)).ShouldBeOk();
        }

        (await SendAsync(developer, TestCards.All[3].Number)).ShouldBeProblem(429)["detail"].ShouldContain(Words);
    }

    [Fact]
    public async Task What_is_wrong_with_a_body_is_said_first_and_does_not_count()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Settings = Limits("Production", ("NumbersPerKey", "1")) });
        using var client = portal.ProductionClient();
        var numbers = NumbersOf("400012", 2);
        (await client.TokenizeAsync(new ACard { Number = numbers[0], Reference = "" }.ToJson())).ShouldBeProblem(400);
        (await SendAsync(client, numbers[1])).ShouldBeOk();

        (await client.TokenizeAsync(new ACard { Number = numbers[0], Reference = "" }.ToJson())).ShouldBeProblem(400);
    }

    private static Dictionary<string, string?> Limits(string environment, (string Name, string Value) rule)
    {
        string[] rules = ["NumbersPerKey", "NumbersPerLocation", "NumbersOfOneBinPerKey", "NumbersOfOneBinPerLocation", "DeclinedFrom"];
        return rules.ToDictionary(name => $"Velocity:{environment}:{name}", name => name == rule.Name ? rule.Value : "0", StringComparer.Ordinal)!;
    }

    private static Task<ApiAnswer> SendAsync(HttpClient client, string number, params (string Name, string Value)[] headers) =>
        client.TokenizeAsync(new ACard { Number = number }.ToJson(), headers);

    /// <summary>Consecutive numbers with valid check digits that are on no list of test cards.</summary>
    private static List<string> NumbersOf(string bin, int count) =>
    [
        .. Enumerable.Range(0, count).Select(next => $"{bin}{next:000000000}").Select(
            digits => Enumerable.Range(0, 10).Select(check => $"{digits}{check}").Single(number => Luhn.IsValid(Encoding.ASCII.GetBytes(number)))),
    ];

    private static async Task<List<AuditEntry>> EntriesAsync(PortalFactory portal)
    {
        var account = portal.ProductionKey.Key.Tenant.Account;
        var entries = await portal.Services.GetRequiredService<IAuditStore>().ListAsync(account, subject: null, before: null, 1000, Ct);
        return [.. entries.Select(recorded => recorded.Entry).Where(entry => entry.Action.EndsWith(" refused", StringComparison.Ordinal))];
    }

    private sealed class DecliningIssuer : ICardAuthorizer
    {
        public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
            Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.Declined(transactionId));

        public Task<AuthorizationOutcome> ChargeAsync(
            Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
            AuthorizeAsync(tenant, card, transactionId, ct);

        public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
            Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());
    }
}
