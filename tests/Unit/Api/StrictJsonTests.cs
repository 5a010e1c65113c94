using System.Text;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>What is accepted as a body (DESIGN D5): one JSON object with known members, each at most once.</summary>
public sealed class StrictJsonTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    public static TheoryData<string, string> BodiesThatAreNotJson => new()
    {
        { "empty", "" },
        { "white space", "  \n" },
        { "only a byte order mark", "\uFEFF" },
        { "truncated in a name", """{"refer""" },
        { "truncated in a value", """{"reference":"Book""" },
        { "truncated before the end", """{"reference":"r" """ },
        { "truncated in metadata", """{"reference":"r","metadata":{"a":"b" """ },
        { "trailing object", """{"reference":"r"}{"reference":"r"}""" },
        { "trailing text", """{"reference":"r"} x""" },
        { "trailing brace", """{"reference":"r"}}""" },
        { "trailing NUL", "{\"reference\":\"r\"}\0" },
        { "line comment", "{\"reference\":\"r\"} // comment" },
        { "block comment", """{/* comment */"reference":"r"}""" },
        { "trailing comma", """{"reference":"r",}""" },
        { "leading comma", """{,"reference":"r"}""" },
        { "single quotes", "{'reference':'r'}" },
        { "name without quotes", "{reference:\"r\"}" },
        { "line break in a text", "{\"reference\":\"a\nb\"}" },
        { "unknown escape", """{"reference":"\x41"}""" },
        { "short escape", """{"reference":"\u41"}""" },
        { "NaN", """{"reference":NaN}""" },
        { "nested too deeply", """{"reference":"r","metadata":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}}""" },
        { "nested far too deeply", new string('[', 10_000) },
        { "two byte order marks", "\uFEFF\uFEFF{\"reference\":\"r\"}" },
        { "byte order mark in the middle", "{\uFEFF\"reference\":\"r\"}" },
        { "a form", "reference=Booking+4711" },
        { "XML", "<reference>r</reference>" },
        { "array", """[{"reference":"r"}]""" },
        { "empty array", "[]" },
        { "text", "\"reference\"" },
        { "number", "42" },
        { "true", "true" },
        { "null", "null" },
    };

    public static TheoryData<string, string> InvalidUtf8 => new()
    {
        { "stray continuation byte", "80" },
        { "byte that never occurs", "FF" },
        { "Latin 1", "E9" },
        { "overlong slash", "C0AF" },
        { "overlong NUL", "C080" },
        { "surrogate", "EDA080" },
        { "beyond Unicode", "F4908080" },
        { "truncated sequence", "E282" },
    };

    [Theory]
    [MemberData(nameof(BodiesThatAreNotJson))]
    public async Task What_is_not_one_JSON_object_is_refused(string what, string body)
    {
        var answer = await portal.TokenizeAsync(body);

        answer.ShouldBeInvalid("Body").ErrorsOf("Body").ShouldHaveSingleItem(what);
    }

    [Theory]
    [MemberData(nameof(InvalidUtf8))]
    public async Task Text_that_is_not_UTF_8_is_refused_wherever_it_is(string what, string hexadecimal)
    {
        var bytes = Convert.FromHexString(hexadecimal);
        using var client = portal.SandboxClient();

        foreach (var (before, after) in new[] { ("{\"reference\":\"a", "b\"}"), ("{\"reference\":\"r\",\"", "\":\"b\"}"), ("{\"reference\":\"r\"}", "") })
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(before), .. bytes, .. Encoding.UTF8.GetBytes(after)];
            (await client.TokenizeAsync(body)).ShouldBeInvalid("Body").ErrorsOf("Body").ShouldHaveSingleItem(what);
        }
    }

    [Theory]
    [InlineData("""{"reference":"\ud800"}""", "Reference")]
    [InlineData("""{"reference":"\udc00\ud800"}""", "Reference")]
    [InlineData("""{"reference":"r","description":"\ud83d"}""", "Description")]
    [InlineData("""{"reference":"r","metadata":{"k":"\udfab"}}""", "Metadata")]
    [InlineData("""{"reference":"r","metadata":{"\ud83d":"v"}}""", "Metadata")]
    [InlineData("""{"reference":"r","expiryDate":"12/29","cardNumber":"\ud83d"}""", "CardNumber")]
    [InlineData("""{"reference":"r","cardNumber":"5200000000001005","expiryDate":"\ud83d"}""", "ExpiryDate")]
    [InlineData("""{"reference":"r","\ud83d":"v"}""", "Body")]
    public async Task Half_a_surrogate_pair_is_refused(string json, string field) => (await portal.TokenizeAsync(json)).ShouldBeInvalid(field);

    [Fact]
    public async Task A_whole_surrogate_pair_is_a_character() =>
        (await portal.TokenizeAsync("""{"reference":"\ud83c\udfab"}""")).ShouldBeOk()["reference"].ShouldBe("🎫");

    [Theory]
    [InlineData("\uFEFF{\"reference\":\"r\"}")]
    [InlineData(" \r\n\t{ \"reference\" : \"r\" } \n")]
    [InlineData("""{"\u0072eference":"r"}""")]
    public async Task A_byte_order_mark_white_space_and_escapes_are_allowed(string body) => (await portal.TokenizeAsync(body)).ShouldBeOk();

    [Theory]
    [InlineData("card_number")]
    [InlineData("")]
    [InlineData(" reference")]
    [InlineData("reference ")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmno")]
    [InlineData("größe")]
    [InlineData("$type")]
    [InlineData("__proto__")]
    [InlineData("cvv")]
    [InlineData("CVV")]
    [InlineData("cvc")]
    [InlineData("cv2")]
    [InlineData("cvv2")]
    [InlineData("securityCode")]
    [InlineData("card_verification_value")]
    [InlineData("pin")]
    [InlineData("pinBlock")]
    [InlineData("track1")]
    [InlineData("track2")]
    public async Task A_member_that_the_request_does_not_have_is_refused_without_repeating_it(string name)
    {
        foreach (var value in new[] { "\"73519\"", "73519", "null", "{\"a\":73519}", "[73519]" })
        {
            var answer = await portal.TokenizeAsync($$"""{"reference":"r",{{CardNumbers.Quote(name)}}:{{value}}}""");

            answer.ShouldBeInvalid("Body");
            answer.BodyWithoutTraceId().ShouldNotContain("73519");
            var errors = answer.Json.GetProperty("errors").GetRawText();
            errors.ShouldNotContain($"\"{name}\"");
            errors.ShouldNotContain($"'{name}'");
        }
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("id")]
    [InlineData("status")]
    [InlineData("PAN")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmn")]
    public async Task A_plain_name_that_the_request_does_not_have_is_named(string name)
    {
        var answer = await portal.TokenizeAsync($$"""{"reference":"r","{{name}}":"73519"}""");

        answer.ShouldBeInvalid("Body").ErrorsOf("Body").ShouldBe([$"The body has the property {name}, which it may not have."]);
        answer.BodyWithoutTraceId().ShouldNotContain("73519");
    }

    [Theory]
    [InlineData("Reference", "reference")]
    [InlineData("REFERENCE", "reference")]
    [InlineData("cardnumber", "cardNumber")]
    [InlineData("CardNumber", "cardNumber")]
    [InlineData("Card\\u004eumber", "cardNumber")]
    [InlineData("Metadata", "metadata")]
    [InlineData("BillingAddress", "billingAddress")]
    public async Task Of_a_name_in_another_case_it_is_said_which_is_meant(string name, string meant) =>
        (await portal.TokenizeAsync($$"""{"reference":"r","{{name}}":"x"}""")).ShouldBeInvalid("Body").ErrorsOf("Body")
            .ShouldBe([$"The body has a property whose name is written in another case: write {meant}."]);

    [Theory]
    [InlineData("""{"reference":"r","reference":"r"}""")]
    [InlineData("""{"reference":"r","reference":"other"}""")]
    [InlineData("""{"reference":"r","\u0072eference":"other"}""")]
    [InlineData("""{"\u0072eference":"r","reference":"other"}""")]
    [InlineData("""{"reference":"r","reference":null}""")]
    [InlineData("""{"reference":null,"reference":"r"}""")]
    [InlineData("""{"reference":"r","description":"a","description":"b"}""")]
    [InlineData("""{"reference":"r","metadata":{},"metadata":{}}""")]
    [InlineData("""{"reference":"r","metadata":null,"metadata":{"a":"b"}}""")]
    [InlineData("""{"reference":"r","expiryDate":"12/29","cardNumber":"5200000000001005","cardNumber":"4242424242424242"}""")]
    [InlineData("""{"reference":"r","expiryDate":"12/29","cardNumber":"5200000000001005","card\u004eumber":"4242424242424242"}""")]
    [InlineData("""{"reference":"r","cardNumber":"5200000000001005","expiryDate":"12/29","expiryDate":"11/29"}""")]
    public async Task A_member_that_comes_twice_is_refused(string json)
    {
        var stored = await portal.CountSetupIntentsAsync();

        (await portal.TokenizeAsync(json)).ShouldBeProblem(400).InvalidFields()[0].ShouldBe("Body");

        (await portal.CountSetupIntentsAsync()).ShouldBe(stored);
    }
}
