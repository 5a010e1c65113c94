using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using static Dojo.Pci.Tests.Unit.Api.CardNumbers;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The rules of each member (DESIGN D5).</summary>
public sealed class BodyRulesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Emoji = "🎫"; // one code point, two UTF-16 units, four bytes

    [Theory]
    [InlineData("a", 1, 200)]
    [InlineData("a", 60, 200)]
    [InlineData("a", 61, 400)]
    [InlineData("a", 0, 400)]
    [InlineData("é", 60, 200)]
    [InlineData("é", 61, 400)]
    [InlineData(Emoji, 1, 200)]
    [InlineData(Emoji, 60, 200)]
    [InlineData(Emoji, 61, 400)]
    [InlineData(" ", 1, 400)]
    [InlineData(" ", 60, 400)]
    [InlineData("\t", 3, 400)]
    [InlineData("\u00A0", 3, 400)]
    [InlineData(" a ", 20, 200)]
    public Task A_reference_has_1_to_60_characters_that_are_not_all_white(string text, int times, int status) =>
        ExpectAsync(new ACard { Reference = Repeat(text, times) }.ToJson(), status, "Reference");

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"reference":null}""")]
    [InlineData("""{"reference":4711}""")]
    [InlineData("""{"reference":true}""")]
    [InlineData("""{"reference":["a"]}""")]
    [InlineData("""{"reference":{"a":"b"}}""")]
    public Task A_reference_is_required_and_text(string json) => ExpectAsync(json, 400, "Reference");

    [Theory]
    [InlineData("a", 0, 200)]
    [InlineData("a", 4096, 200)]
    [InlineData("a", 4097, 400)]
    [InlineData(Emoji, 4096, 200)]
    [InlineData(Emoji, 4097, 400)]
    public Task A_description_has_at_most_4096_characters(string text, int times, int status) =>
        ExpectAsync(new ACard { Description = Repeat(text, times) }.ToJson(), status, "Description");

    [Theory]
    [InlineData("7")]
    [InlineData("false")]
    [InlineData("[]")]
    [InlineData("{}")]
    public Task A_description_is_text(string json) => ExpectAsync($$"""{"reference":"r","description":{{json}}}""", 400, "Description");

    [Theory]
    [InlineData(0, 200)]
    [InlineData(50, 200)]
    [InlineData(51, 400)]
    public Task Metadata_has_at_most_50_entries(int entries, int status) =>
        ExpectAsync(new ACard { Metadata = ACard.Entries(Enumerable.Range(0, entries).Select(i => ($"key {i}", "v"))) }.ToJson(), status, "Metadata");

    [Theory]
    [InlineData("k", 0, 400)]
    [InlineData("k", 1, 200)]
    [InlineData("k", 40, 200)]
    [InlineData("k", 41, 400)]
    [InlineData(Emoji, 40, 200)]
    [InlineData(Emoji, 41, 400)]
    public Task Metadata_keys_have_1_to_40_characters(string text, int times, int status) =>
        ExpectAsync(new ACard { Metadata = ACard.Entries((Repeat(text, times), "v")) }.ToJson(), status, "Metadata");

    [Theory]
    [InlineData("v", 0, 200)]
    [InlineData("v", 500, 200)]
    [InlineData("v", 501, 400)]
    [InlineData(Emoji, 500, 200)]
    [InlineData(Emoji, 501, 400)]
    public Task Metadata_values_have_at_most_500_characters(string text, int times, int status) =>
        ExpectAsync(new ACard { Metadata = ACard.Entries(("k", Repeat(text, times))) }.ToJson(), status, "Metadata");

    [Theory]
    [InlineData("""{"k":1}""")]
    [InlineData("""{"k":true}""")]
    [InlineData("""{"k":null}""")]
    [InlineData("""{"k":{}}""")]
    [InlineData("""{"k":{"nested":"v"}}""")]
    [InlineData("""{"k":["v"]}""")]
    [InlineData("""{"good":"v","k":1}""")]
    [InlineData("""["k","v"]""")]
    [InlineData("""[]""")]
    [InlineData("\"text\"")]
    [InlineData("""5""")]
    [InlineData("""false""")]
    [InlineData("""{"k":"1","k":"2"}""")]
    [InlineData("""{"k":"1","\u006b":"2"}""")]
    public Task Metadata_is_a_map_from_text_to_text(string metadata) => ExpectAsync($$"""{"reference":"r","metadata":{{metadata}}}""", 400, "Metadata");

    [Theory]
    [InlineData("reference", "Reference")]
    [InlineData("description", "Description")]
    [InlineData("metadata", "Metadata")]
    public async Task NUL_is_refused_wherever_text_is_free(string member, string field)
    {
        var text = """
            "a\u0000b"
            """;
        var value = member == "metadata" ? $$"""{"k":{{text}}}""" : text;

        await ExpectAsync(member == "reference" ? $$"""{"reference":{{value}}}""" : $$"""{"reference":"r","{{member}}":{{value}}}""", 400, field);
    }

    [Theory]
    [InlineData("5200 0000 0000 1005")]
    [InlineData("5200-0000-0000-1005")]
    [InlineData(" 5200000000001005")]
    [InlineData("5200000000001005 ")]
    [InlineData("5200000000001005\n")]
    [InlineData("52000000000010O5")]
    [InlineData("５２００００００００００１００５")]
    [InlineData("+5200000000001005")]
    [InlineData("-5200000000001005")]
    [InlineData("5200000000001005.0")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0000000000000000")]
    [InlineData("000000000000")]
    [InlineData("0424242424242428")]
    [InlineData("42424242424")]
    [InlineData("42424242424242424242")]
    [InlineData("5200000000001006")]
    [InlineData("5200000000001050")]
    [InlineData("****************")]
    [InlineData("52000000****1005")]
    [InlineData("5200000000001005\u0000")]
    public async Task A_card_number_is_12_to_19_digits_with_a_good_check_digit_and_nothing_else(string number)
    {
        var answer = await ExpectAsync(new ACard { Number = number }.ToJson(), 400, "CardNumber");
        if (number.Trim().Length > 0)
        {
            answer.Everything.ShouldNotContain(number);
        }
    }

    [Theory]
    [InlineData("5200000000001005")]
    [InlineData("5.200000000001005e15")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[\"5200000000001005\"]")]
    public async Task A_card_number_is_text(string json)
    {
        var answer = await ExpectAsync($$"""{"reference":"r","expiryDate":"12/29","cardNumber":{{json}}}""", 400, "CardNumber");
        answer.Everything.ShouldNotContain("5200000000001005");
    }

    [Fact]
    public async Task A_card_number_may_be_written_with_JSON_escapes()
    {
        var answer = await portal.TokenizeAsync($$"""{"reference":"r","expiryDate":"{{Escaped("12/29")}}","cardNumber":"{{Escaped(ACard.Approved)}}"}""");

        answer.ShouldBeOk()["status"].ShouldBe("Authorized");
    }

    [Theory]
    [InlineData("12/29", 200)]
    [InlineData("01/30", 200)]
    [InlineData("00/29", 400)]
    [InlineData("13/29", 400)]
    [InlineData("1/29", 400)]
    [InlineData("12/9", 400)]
    [InlineData("12/2029", 400)]
    [InlineData("2029-12", 400)]
    [InlineData("29/12", 400)]
    [InlineData("12-29", 400)]
    [InlineData("1229", 400)]
    [InlineData("12 / 29", 400)]
    [InlineData(" 12/29", 400)]
    [InlineData("12/29 ", 400)]
    [InlineData("+1/29", 400)]
    [InlineData("１２/２９", 400)]
    [InlineData("", 400)]
    [InlineData("MM/YY", 400)]
    public Task An_expiry_is_written_MM_slash_YY(string expiry, int status) => ExpectAsync(new ACard { Expiry = expiry }.ToJson(), status, "ExpiryDate");

    [Theory]
    [InlineData("1229")]
    [InlineData("{\"month\":12,\"year\":29}")]
    [InlineData("false")]
    public Task An_expiry_is_text(string json) => ExpectAsync($$"""{"reference":"r","cardNumber":"5200000000001005","expiryDate":{{json}}}""", 400, "ExpiryDate");

    [Fact]
    public async Task Every_broken_rule_is_told_at_once_in_the_order_of_the_fields()
    {
        var answer = await portal.TokenizeAsync("""{"metadata":[],"description":1,"reference":"","expiryDate":"x","cardNumber":"y","cvv":"123"}""");

        answer.ShouldBeProblem(400).InvalidFields().ShouldBe(["Body", "CardNumber", "ExpiryDate", "Reference", "Description", "Metadata"]);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private async Task<ApiAnswer> ExpectAsync(string json, int status, string field)
    {
        var stored = await portal.CountSetupIntentsAsync();
        var answer = await portal.TokenizeAsync(json);
        (await portal.CountSetupIntentsAsync()).ShouldBe(status == 200 ? stored + 1 : stored);
        return status == 200 ? answer.ShouldBeOk() : answer.ShouldBeInvalid(field);
    }
}
