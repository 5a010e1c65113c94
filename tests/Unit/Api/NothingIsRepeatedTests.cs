using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using static Dojo.Pci.Tests.Unit.Api.CardNumbers;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A card number in the wrong place is refused and appears nowhere: not in the answer, the log, or on disk.</summary>
public sealed class NothingIsRepeatedTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly string[] s_encodings =
    [
        "plain", "spaces", "hyphens", "dots", "slashes", "underscores", "line breaks", "no-break spaces", "zero-width spaces", "soft hyphens",
        "en dashes", "minus signs", "full-width digits", "Arabic digits", "Devanagari digits", "circled digits", "mathematical digits",
        "JSON escapes", "leading zeros", "in a sentence", "digit by digit",
    ];

    public static TheoryData<string, string, string> Places
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var encoding in s_encodings)
            {
                rows.Add(encoding, """{"reference":"@"}""", "Reference");
                rows.Add(encoding, """{"reference":"r","description":"@"}""", "Description");
                rows.Add(encoding, """{"reference":"r","metadata":{"k":"@"}}""", "Metadata");
                rows.Add(encoding, """{"reference":"r","metadata":{"@":"v"}}""", "Metadata");
                rows.Add(encoding, """{"reference":"r","@":"v"}""", "Body");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_card_number_in_text_is_refused_naming_the_field_only(string encoding, string json, string field)
    {
        var number = Unlisted();
        var (written, traces) = Write(encoding, number);
        var stored = await portal.CountSetupIntentsAsync();

        var answer = await portal.TokenizeAsync(json.Replace("@", written, StringComparison.Ordinal));

        answer.ShouldBeInvalid(field);
        foreach (var trace in traces)
        {
            answer.Everything.ShouldNotContain(trace);
            portal.Log.Text.ShouldNotContain(trace);
        }

        (await portal.CountSetupIntentsAsync()).ShouldBe(stored);
    }

    [Theory]
    [InlineData("/setup-intents?card=@")]
    [InlineData("/setup-intents?@")]
    [InlineData("/setup-intents/@")]
    [InlineData("/setup-intents/si_sandbox_@")]
    [InlineData("/@")]
    [InlineData("/health/live?card=@")]
    public async Task A_card_number_in_an_address_is_neither_repeated_nor_logged(string address)
    {
        foreach (var key in new[] { portal.SandboxKey.Secret, "sk_sandbox_nobody" })
        {
            var number = Unlisted();
            using var client = portal.ClientOf(key);

            var answer = await client.AskAsync(HttpMethod.Post, address.Replace("@", number, StringComparison.Ordinal), "{}"u8.ToArray());

            answer.Everything.ShouldNotContain(number);
            portal.Log.Text.ShouldNotContain(number);
        }
    }

    [Theory]
    [InlineData("version")]
    [InlineData("idempotencyKey")]
    [InlineData("Idempotency-Key")]
    [InlineData("Content-Type")]
    [InlineData("Content-Encoding")]
    [InlineData("Accept")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("baggage")]
    [InlineData("Request-Id")]
    [InlineData("Correlation-Context")]
    [InlineData("X-Forwarded-For")]
    [InlineData("User-Agent")]
    [InlineData("Referer")]
    [InlineData("X-Request-Id")]
    [InlineData("Authorization")]
    public async Task A_card_number_in_a_header_is_neither_repeated_nor_logged(string header)
    {
        var number = Unlisted();
        using var client = portal.SandboxClient();

        var answer = await client.TokenizeAsync(new ACard().ToJson(), (header, header == "baggage" ? $"card={number}" : number));

        answer.Everything.ShouldNotContain(number);
        portal.Log.Text.ShouldNotContain(number);
    }

    [Theory]
    [InlineData("5200000000001005", "12/29")]
    [InlineData("4456530000001013", "12/29")]
    [InlineData("5200000000001005", "01/20")]
    public async Task A_tokenized_card_number_is_neither_answered_nor_logged(string number, string expiry)
    {
        var answer = await portal.TokenizeAsync(new ACard { Number = number, Expiry = expiry, Reference = "Booking" });

        answer.ShouldBeOk().Everything.ShouldNotContain(number);
        answer.Body.ShouldNotContain(expiry);
        portal.Log.Text.ShouldNotContain(number);
    }

    /// <summary>Returns the number as the content of a JSON string, and the forms of it that must not appear anywhere.</summary>
    private static (string Written, string[] Traces) Write(string encoding, string number)
    {
        var text = encoding switch
        {
            "spaces" => Grouped(number, " "),
            "hyphens" => Grouped(number, "-"),
            "dots" => Grouped(number, "."),
            "slashes" => Grouped(number, "/"),
            "underscores" => Grouped(number, "_"),
            "line breaks" => Grouped(number, "\r\n"),
            "no-break spaces" => Grouped(number, "\u00A0"),
            "zero-width spaces" => Grouped(number, "\u200B"),
            "soft hyphens" => Grouped(number, "\u00AD"),
            "en dashes" => Grouped(number, "\u2013"),
            "minus signs" => Grouped(number, "\u2212"),
            "full-width digits" => InDigits(number, 0xFF10),
            "Arabic digits" => InDigits(number, 0x0660),
            "Devanagari digits" => InDigits(number, 0x0966),
            "circled digits" => string.Concat(number.Select(digit => digit == '0' ? '\u24EA' : (char)('\u2460' + digit - '1'))),
            "mathematical digits" => InDigits(number, 0x1D7CE),
            "leading zeros" => $"0000{number}",
            "in a sentence" => $"card {number}, thanks",
            "digit by digit" => string.Join(' ', number.ToCharArray()),
            _ => number,
        };
        var written = encoding == "JSON escapes" ? Escaped(number) : Quote(text)[1..^1];
        return (written, [number, text, written]);
    }
}
