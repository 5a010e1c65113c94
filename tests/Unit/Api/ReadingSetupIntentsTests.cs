using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class ReadingSetupIntentsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly ACard s_card = new() { Description = "Table for twelve", Metadata = ACard.Entries(("b", "1"), ("a", "2")) };

    [Theory]
    [InlineData("2023-11-12")]
    [InlineData("2024-02-05")]
    [InlineData("2025-09-10")]
    [InlineData("2026-02-27")]
    public async Task A_token_is_read_in_full(string version)
    {
        using var client = portal.SandboxClient().InVersion(version);
        var created = (await client.TokenizeAsync(s_card.ToJson())).ShouldBeOk();

        var read = (await client.GetIntentAsync(created["id"])).ShouldBeOk();

        read.PropertyNames().ShouldBe(
        [
            "id", "status", "createdAt", "updatedAt", "reference", "description", "metadata", "paymentDetails", "merchantInitiatedTransactionType",
            "paymentSource", "setupEvents", "paymentMethods",
        ]);
        foreach (var member in created.PropertyNames())
        {
            read.At(member).GetRawText().ShouldBe(created.At(member).GetRawText(), member);
        }

        read["merchantInitiatedTransactionType"].ShouldBe("Unscheduled");
        read["paymentSource"].ShouldBe("api");
        read.At("paymentDetails", "card").EnumerateObject().Select(member => $"{member.Name}={member.Value}").ToArray()
            .ShouldBe(["cardNumber=52000000****1005", "expiryDate=12/29", "cardType=MASTERCARD", "last4PAN=1005"]);
        ShouldBeTheAuthorization(read);
        read.At("paymentDetails", "transactionId").GetString().ShouldBe(read.At("setupEvents")[0].GetProperty("transactionId").GetString());
        read.At("paymentDetails", "authCode").GetString().ShouldBe(read.At("setupEvents")[0].GetProperty("authCode").GetString());
    }

    [Fact]
    public async Task The_first_version_has_neither_payment_details_nor_a_payment_source()
    {
        using var client = portal.SandboxClient().InVersion("2022-04-07");
        var id = await client.CreateAsync(s_card);

        var read = (await client.GetIntentAsync(id)).ShouldBeOk();

        read.PropertyNames().ShouldBe(
            ["id", "status", "createdAt", "updatedAt", "reference", "description", "metadata", "merchantInitiatedTransactionType", "setupEvents", "paymentMethods"]);
        ShouldBeTheAuthorization(read);
    }

    [Theory]
    [InlineData("2022-04-07")]
    [InlineData("2025-09-10")]
    public async Task A_decline_is_an_event_and_not_a_status(string version)
    {
        using var client = portal.SandboxClient().InVersion(version);
        var read = (await client.GetIntentAsync(await client.CreateAsync(new ACard { Number = ACard.Declined }))).ShouldBeOk();

        read["status"].ShouldBe("Created");
        var declined = read.At("setupEvents").EnumerateArray().Single();
        declined.EnumerateObject().Select(member => member.Name).ToArray()
            .ShouldBe(["transactionId", "transactionDateTime", "eventType", "cardNumber", "expiryDate", "cardType"]);
        declined.GetProperty("eventType").GetString().ShouldBe("Declined");
        declined.GetProperty("cardNumber").GetString().ShouldBe("44565300****1013");
        read.Body.ShouldNotContain(ACard.Declined);
    }

    [Fact]
    public async Task Without_a_card_there_is_nothing_about_one_and_nothing_has_happened()
    {
        using var client = portal.SandboxClient();
        var read = (await client.GetIntentAsync(await client.CreateAsync(ACard.None))).ShouldBeOk();

        read.PropertyNames().ShouldBe(["id", "status", "createdAt", "updatedAt", "expireAt", "reference", "paymentSource", "setupEvents", "paymentMethods"]);
        read.At("setupEvents").GetArrayLength().ShouldBe(0);
        DateTime.Parse(read["expireAt"]).ShouldBe(DateTime.Parse(read["createdAt"]).AddDays(30));
    }

    [Theory]
    [InlineData("5200000000001005", "Authorized Canceled")]
    [InlineData("4456530000001013", "Declined Canceled")]
    public async Task A_deletion_is_read_as_an_event(string number, string events)
    {
        using var client = portal.SandboxClient();
        var id = await client.CreateAsync(new ACard { Number = number });
        (await client.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeOk();

        var read = (await client.GetIntentAsync(id)).ShouldBeOk();

        string.Join(' ', read.EventTypes()).ShouldBe(events);
        read.At("setupEvents")[1].GetProperty("cardNumber").GetString().ShouldBe($"{number[..8]}****{number[^4..]}");
        read.At("setupEvents")[1].TryGetProperty("transactionId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_ones_own_is_not_found_in_the_same_words()
    {
        using var client = portal.SandboxClient();
        using var production = portal.ProductionClient();
        using var other = portal.ClientOf((await portal.CreateKeyAsync(location: await portal.CreateLocationAsync())).Secret);
        var mine = await client.CreateAsync();
        string[] strangers =
        [
            await other.CreateAsync(),
            await production.CreateAsync(ACard.None),
            "si_sandbox_AAAAAAAAAAAAAAAAAAAAAA",
            mine[..^1],
            mine + "A",
            mine.ToUpperInvariant(),
            mine.Replace("_sandbox_", "_prod_", StringComparison.Ordinal),
            "si_sandbox_",
            "x",
            "..%2f..",
            new string('a', 3000),
        ];

        var answers = new List<ApiAnswer>();
        foreach (var id in strangers)
        {
            answers.Add((await client.GetIntentAsync(id)).ShouldBeProblem(404));
            answers.Add((await client.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeProblem(404));
            answers.Add((await client.RefreshAsync(id)).ShouldBeProblem(404));
        }

        answers.Select(answer => answer.BodyWithoutTraceId()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await other.GetIntentAsync(strangers[0])).ShouldBeOk()["status"].ShouldBe("Authorized");
        (await production.GetIntentAsync(strangers[1])).ShouldBeOk()["status"].ShouldBe("Created");
        (await production.GetIntentAsync(mine)).ShouldBeProblem(404);
        (await other.GetIntentAsync(mine)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Each_operation_needs_its_own_scope()
    {
        using var all = portal.SandboxClient();
        using var reader = portal.ClientOf((await portal.CreateKeyAsync(scopes: ApiKeyScopes.Read)).Secret);
        using var tokenizer = portal.ClientOf((await portal.CreateKeyAsync(scopes: ApiKeyScopes.Tokenize)).Secret);
        using var charger = portal.ClientOf((await portal.CreateKeyAsync(scopes: ApiKeyScopes.Charge)).Secret);
        var id = await all.CreateAsync();

        (await tokenizer.GetIntentAsync(id)).ShouldBeProblem(403)["detail"].ShouldContain("Read");
        (await charger.GetIntentAsync(id)).ShouldBeProblem(403);
        (await tokenizer.ListAsync()).ShouldBeProblem(403);
        (await tokenizer.DeleteIntentAsync(id)).ShouldBeProblem(403)["detail"].ShouldContain("Charge");
        (await reader.DeleteIntentAsync(id)).ShouldBeProblem(403);
        (await reader.RefreshAsync(id)).ShouldBeProblem(403)["detail"].ShouldContain("Tokenize");
        (await reader.MoveClockAsync("""{"advance":0}""")).ShouldBeProblem(403);

        (await reader.GetIntentAsync(id)).ShouldBeOk();
        (await reader.ListAsync()).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await tokenizer.RefreshAsync(id)).ShouldBeOk();
        (await charger.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeOk();
    }

    private static void ShouldBeTheAuthorization(ApiAnswer read)
    {
        var entry = read.At("setupEvents").EnumerateArray().Single();
        entry.EnumerateObject().Select(member => member.Name).ToArray()
            .ShouldBe(["transactionId", "transactionDateTime", "eventType", "authCode", "cardNumber", "expiryDate", "cardType"]);
        Guid.TryParse(entry.GetProperty("transactionId").GetString(), out _).ShouldBeTrue();
        entry.GetProperty("transactionDateTime").GetString().ShouldBe(read["updatedAt"]);
        entry.GetProperty("eventType").GetString().ShouldBe("Authorized");
        entry.GetProperty("authCode").GetString().ShouldNotBeNullOrEmpty();
        entry.GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        entry.GetProperty("expiryDate").GetString().ShouldBe("12/29");
        entry.GetProperty("cardType").GetString().ShouldBe("MASTERCARD");
        read.Everything.ShouldNotContain(ACard.Approved);
    }
}
