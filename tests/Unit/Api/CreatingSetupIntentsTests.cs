using System.Globalization;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class CreatingSetupIntentsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly string[] s_sevenMembers = ["id", "status", "createdAt", "updatedAt", "reference", "description", "metadata"];

    public static TheoryData<string> TestCardNumbers => [.. TestCards.All.Select(card => card.Number)];

    [Fact]
    public async Task A_setup_intent_has_exactly_the_seven_documented_members_in_order()
    {
        var answer = await portal.TokenizeAsync(new ACard { Description = "Table for twelve", Metadata = ACard.Entries(("channel", "web")) });

        answer.ShouldBeOk().PropertyNames().ShouldBe(s_sevenMembers);
        answer.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
        answer["reference"].ShouldBe("Booking 4711");
        answer["description"].ShouldBe("Table for twelve");
        answer.Json.GetProperty("metadata").GetProperty("channel").GetString().ShouldBe("web");
    }

    [Fact]
    public async Task Members_without_a_value_are_left_out()
    {
        var answer = await portal.TokenizeAsync(new ACard());

        answer.ShouldBeOk().PropertyNames().ShouldBe(s_sevenMembers[..5]);
    }

    [Theory]
    [InlineData("""{"reference":"r","cardNumber":null,"expiryDate":null}""", 5)]
    [InlineData("""{"reference":"r","description":null,"metadata":null}""", 5)]
    [InlineData("""{"reference":"r","description":"","metadata":{}}""", 7)]
    public async Task Null_is_the_same_as_leaving_out_and_empty_is_not(string json, int members)
    {
        var answer = await portal.TokenizeAsync(json);

        answer.ShouldBeOk().PropertyNames().ShouldBe(s_sevenMembers[..members]);
    }

    [Fact]
    public async Task Metadata_keeps_its_order()
    {
        var answer = await portal.TokenizeAsync("""{"reference":"r","metadata":{"zebra":"1","apple":"2","Mango":"3","10":"4","9":"5"}}""");

        answer.ShouldBeOk().Json.GetProperty("metadata").EnumerateObject().Select(entry => entry.Name).ShouldBe(["zebra", "apple", "Mango", "10", "9"]);
    }

    [Theory]
    [InlineData("Booking 4711 — für Müller 🎫")]
    [InlineData("  spaces around  ")]
    [InlineData("<script>alert(1)</script> \" \\ / '")]
    [InlineData("two\nlines\tand a tab")]
    public async Task Text_comes_back_as_it_was_sent(string text)
    {
        var answer = await portal.TokenizeAsync(new ACard { Reference = text, Description = text, Metadata = ACard.Entries((text, text)) });

        answer.ShouldBeOk()["reference"].ShouldBe(text);
        answer["description"].ShouldBe(text);
        answer.Json.GetProperty("metadata").GetProperty(text).GetString().ShouldBe(text);
    }

    [Fact]
    public async Task Ids_have_the_documented_form_and_never_repeat()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var client = portal.SandboxClient();
        for (var i = 0; i < 200; i++)
        {
            var id = (await client.TokenizeAsync(new ACard().ToJson())).ShouldBeOk()["id"];
            id.ShouldMatch("^si_sandbox_[A-Za-z0-9_-]{22}$");
            ids.Add(id).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Times_are_utc_and_marked_with_Z()
    {
        var now = portal.Clock.GetUtcNow();

        var answer = await portal.TokenizeAsync(new ACard());

        foreach (var member in new[] { "createdAt", "updatedAt" })
        {
            answer[member].ShouldMatch(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$");
            DateTimeOffset.Parse(answer[member], CultureInfo.InvariantCulture).ShouldBe(now);
        }
    }

    [Theory]
    [MemberData(nameof(TestCardNumbers))]
    public async Task Every_listed_test_card_has_its_listed_outcome(string number)
    {
        var listed = TestCards.All.Single(card => card.Number == number);

        var answer = await portal.TokenizeAsync(new ACard { Number = number });

        answer.ShouldBeOk()["status"].ShouldBe(listed.Outcome == TestCardOutcome.Approves ? "Authorized" : "Created");
    }

    [Theory]
    [InlineData("5200000000001005", "Authorized")]
    [InlineData("5200000000001096", "Authorized")]
    [InlineData("4456530000001013", "Created")]
    public async Task Dojos_own_test_cards_do_what_Dojo_says(string number, string status) =>
        (await portal.TokenizeAsync(new ACard { Number = number })).ShouldBeOk()["status"].ShouldBe(status);

    [Theory]
    [InlineData("03/26", "Authorized")]
    [InlineData("02/26", "CardExpired")]
    [InlineData("12/99", "Authorized")]
    [InlineData("01/00", "CardExpired")]
    public async Task A_card_past_its_month_is_expired(string expiry, string status) =>
        (await portal.TokenizeAsync(new ACard { Expiry = expiry })).ShouldBeOk()["status"].ShouldBe(status); // the clock is in March 2026

    [Theory]
    [InlineData("2026-04-01T11:59:59Z", "Authorized")]
    [InlineData("2026-04-01T12:00:00Z", "CardExpired")]
    public async Task A_card_expires_at_noon_utc_on_the_first_of_the_next_month(string now, string status)
    {
        await using var other = await PortalFactory.StartAsync();
        other.Clock.SetTo(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        (await other.TokenizeAsync(new ACard { Expiry = "03/26" })).ShouldBeOk()["status"].ShouldBe(status);
    }

    [Fact]
    public async Task Without_a_card_a_setup_intent_is_created() =>
        (await portal.TokenizeAsync(ACard.None)).ShouldBeOk()["status"].ShouldBe("Created");

    [Fact]
    public async Task A_card_number_without_expiry_is_refused_naming_the_expiry() =>
        (await portal.TokenizeAsync(new ACard { Expiry = null })).ShouldBeInvalid("ExpiryDate");

    [Fact]
    public async Task An_expiry_without_card_number_is_refused_naming_the_card_number() =>
        (await portal.TokenizeAsync(new ACard { Number = null })).ShouldBeInvalid("CardNumber");

    [Fact]
    public async Task In_the_sandbox_a_card_that_is_not_listed_is_refused_with_the_address_of_the_list()
    {
        var number = CardNumbers.Unlisted();

        var answer = await portal.TokenizeAsync(new ACard { Number = number });

        answer.ShouldBeInvalid("CardNumber").ErrorsOf("CardNumber").ShouldHaveSingleItem().ShouldContain("/docs/test-cards");
        answer.Everything.ShouldNotContain(number);
    }

    [Theory]
    [MemberData(nameof(TestCardNumbers))]
    public async Task In_production_every_listed_card_is_refused_with_the_address_of_the_list(string number)
    {
        using var client = portal.ProductionClient();

        var answer = await client.TokenizeAsync(new ACard { Number = number }.ToJson());

        answer.ShouldBeInvalid("CardNumber").ErrorsOf("CardNumber").ShouldHaveSingleItem().ShouldContain("/docs/test-cards");
        answer.Everything.ShouldNotContain(number);
    }

    [Fact]
    public async Task In_production_a_card_that_is_not_listed_is_tokenized_and_not_yet_authorized()
    {
        using var client = portal.ProductionClient();

        var answer = await client.TokenizeAsync(new ACard { Number = CardNumbers.Unlisted() }.ToJson());

        answer.ShouldBeOk()["status"].ShouldBe("Created");
        answer["id"].ShouldMatch("^si_prod_[A-Za-z0-9_-]{22}$");
    }

    [Fact]
    public async Task What_was_answered_is_still_there_after_a_restart()
    {
        await using var first = await PortalFactory.StartAsync();
        var before = await first.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));

        await using var second = await first.RestartAsync();
        var after = await second.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));

        after.ShouldBeOk().Body.ShouldBe(before.Body);
        (await second.CountSetupIntentsAsync()).ShouldBe(1);
    }
}
