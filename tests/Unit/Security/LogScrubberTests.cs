using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Security;

public sealed class LogScrubberTests : IDisposable
{
    private static readonly string s_card = CardNumbers.Unlisted();
    private static readonly string s_key = ApiKeySecret.Generate(TenantEnvironment.Production).Reveal();

    private static readonly Func<ILogger, string, IDisposable?> s_scope = LoggerMessage.DefineScope<string>("before {Value} after");

    private readonly LogCapture _sink = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public LogScrubberTests()
    {
        _factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ScrubbingLoggerProvider(_sink)));
        _logger = _factory.CreateLogger("Test");
    }

    public static TheoryData<string> Secrets =>
    [
        s_card, CardNumbers.Grouped(s_card, " "), CardNumbers.Grouped(s_card, "-"), $"card={s_card};", s_key, $"Authorization: Basic {s_key}",
        .. InAddresses.Select(written => $"GET http://localhost/setup-intents?reference={written}&limit=1"),
    ];

    private static string[] InAddresses =>
    [
        CardNumbers.Grouped(s_card, "+"), CardNumbers.Grouped(s_card, "%20"), CardNumbers.Grouped(s_card, "%2D"), CardNumbers.Grouped(s_card, "%2d"),
        PercentEncoded(s_card), PercentEncoded(CardNumbers.Grouped(s_card, " ")), PercentEncoded(s_card[..8]) + s_card[8..],
        PercentEncoded(s_key), "%73" + s_key[1..],
    ];

    public void Dispose()
    {
        _factory.Dispose();
        _sink.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Request starting HTTP/1.1 POST http://localhost:5080/setup-intents - application/json 112")]
    [InlineData("Key 12 made 4711 requests in 2026-03-04T09:15:27.123Z")]
    [InlineData("00-a405f077df056a498323ffbcec05923f-aa63e6f4dbbc734a-01")]
    [InlineData("52000000****1005")]
    [InlineData("sk_sandbox_…1a2b")]
    [InlineData("si_sandbox_zO9He6VSK0WV3_g33nVDVw")]
    [InlineData("GET http://localhost/setup-intents?createdFrom=2026-03-04T09%3A15%3A27%2B02%3A00&reference=Zimmer+12")]
    [InlineData("100% of 2 + 2 and %zz")]
    public void What_holds_no_secret_stays_as_it_is(string text) => LogScrubber.Scrub(text).ShouldBe(text);

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_text_with_a_secret_is_withheld_whole(string secret) => LogScrubber.Scrub($"before {secret} after").ShouldBe(LogScrubber.Replacement);

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_sink_sees_no_secret_in_a_message(string secret)
    {
        Log.Message(_logger, secret);

        ShouldHaveWithheld(secret);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_sink_sees_no_secret_in_a_value_that_the_message_does_not_show(string secret)
    {
        KeyValuePair<string, object?>[] values = [KeyValuePair.Create<string, object?>("Hidden", secret)];

        _logger.Log(LogLevel.Information, default, values, null, (_, _) => "harmless");

        ShouldHaveWithheld(secret);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_sink_sees_no_secret_in_a_scope(string secret)
    {
        using (s_scope(_logger, secret))
        {
            Log.Message(_logger, "harmless");
        }

        ShouldHaveWithheld(secret);
        _sink.Text.ShouldContain("harmless");
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_sink_sees_no_secret_in_an_exception_but_its_type(string secret)
    {
        Log.Failure(_logger, new InvalidOperationException("outer", new FormatException($"The input string '{secret}' was not in a correct format.")));

        ShouldHaveWithheld(secret);
        _sink.Text.ShouldContain("System.InvalidOperationException");
        _sink.Text.ShouldContain("it failed");
    }

    [Fact]
    public void A_harmless_entry_reaches_the_sink_with_its_values_scopes_and_exception()
    {
        using (s_scope(_logger, "seven"))
        {
            Log.Failure(_logger, new InvalidOperationException("harmless"));
        }

        var entry = _sink.Entries.ShouldHaveSingleItem();
        entry.Level.ShouldBe(LogLevel.Error);
        entry.Text.ShouldContain("it failed");
        entry.Text.ShouldContain("Value=seven");
        entry.Text.ShouldContain("System.InvalidOperationException: harmless");
    }

    private static string PercentEncoded(string text) => string.Concat(text.Select(character => $"%{(int)character:X2}"));

    private void ShouldHaveWithheld(string secret)
    {
        _sink.Text.ShouldNotContain(secret);
        _sink.Text.ShouldContain(LogScrubber.Replacement);
        _sink.Entries.ShouldHaveSingleItem();
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "before {Text} after")]
    public static partial void Message(ILogger logger, string text);

    [LoggerMessage(2, LogLevel.Error, "it failed")]
    public static partial void Failure(ILogger logger, Exception exception);
}
