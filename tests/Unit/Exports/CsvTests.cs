using System.Text;
using Dojo.Pci.Portal.Exports;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Exports;

public sealed class CsvTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Booking 4711", "Booking 4711")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" spaces ", "\" spaces \"")]
    [InlineData("-", "\"'-\"")]
    [InlineData("a-b+c=d@e", "a-b+c=d@e")]
    public void A_field_is_quoted_where_it_must_be(string value, string field) => CsvText.Field(value).ShouldBe(field);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData(" =1+1")]
    [InlineData("\"=1+1")]
    [InlineData("'=1+1")]
    [InlineData("\u00A0=1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\uFF1D1+1")]
    [InlineData("\uFF0B1")]
    [InlineData("\uFF0D1")]
    [InlineData("\uFF201")]
    [InlineData("|cmd")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")")]
    [InlineData("=cmd|'/C calc'!A0")]
    public void What_a_spreadsheet_would_compute_is_text(string value)
    {
        var field = CsvText.Field(value);

        field.ShouldStartWith("\"'");
        field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal).ShouldBe("'" + value);
    }

    [Fact]
    public async Task A_file_begins_with_its_mark_and_its_names_and_has_a_line_for_each_token()
    {
        using var file = new MemoryStream();

        await TokenCsv.WriteAsync(file, Rows(2), Ct);

        file.ToArray()[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(file.ToArray()[3..]).ShouldBe(
            "created_at,token,reference,status,outcome,card_scheme,card,card_expiry,created_by\r\n"
            + "2026-06-15T09:30:00.123457Z,si_sandbox_0,\"'=Zürich, 0\",Authorized,Authorized,American Express,378282****0005,12/29,Web shop\r\n"
            + "2026-06-15T09:30:00.123457Z,si_sandbox_1,\"'=Zürich, 1\",Authorized,Authorized,American Express,378282****0005,12/29,Web shop\r\n");
    }

    [Fact]
    public async Task A_token_without_a_card_leaves_its_fields_empty()
    {
        using var file = new MemoryStream();

        await TokenCsv.WriteAsync(file, Rows(1, card: null), Ct);

        Encoding.UTF8.GetString(file.ToArray()).ShouldContain(",Authorized,,,,Web shop\r\n");
    }

    [Fact]
    public async Task No_row_is_asked_for_before_those_in_front_have_been_taken_away()
    {
        var asked = 0;
        await using var reader = new SlowReader();
        var writing = TokenCsv.WriteAsync(reader, Rows(100_000, onRow: () => asked++), Ct);

        await reader.FirstWrite;

        asked.ShouldBeLessThan(1000);
        reader.Go();
        await writing;
        asked.ShouldBe(100_000);
    }

    [Fact]
    public async Task Anyone_who_leaves_ends_it()
    {
        using var leaving = new CancellationTokenSource();
        var asked = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => TokenCsv.WriteAsync(Stream.Null, Rows(100_000, onRow: () =>
        {
            if (++asked == 700)
            {
                leaving.Cancel();
            }
        }), leaving.Token));

        asked.ShouldBeLessThan(2000);
    }

    private static async IAsyncEnumerable<TokenRow> Rows(int count, ShownCard? card = null, Action? onRow = null)
    {
        await Task.CompletedTask;
        card ??= onRow is null && count > 1 ? new ShownCard(new MaskedCardNumber("378282", "0005"), CardScheme.AmericanExpress, new CardExpiry(2029, 12)) : null;
        for (var i = 0; i < count; i++)
        {
            onRow?.Invoke();
            yield return new TokenRow(
                $"si_sandbox_{i}", SetupIntentStatus.Authorized, TokenOutcome.Authorized, new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457),
                $"=Zürich, {i}", card, "Web shop");
        }
    }

    /// <summary>A stream that accepts nothing until the test says so.</summary>
    private sealed class SlowReader : MemoryStream
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstWrite => _first.Task;

        public void Go() => _go.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _first.TrySetResult();
            await _go.Task;
        }
    }
}
