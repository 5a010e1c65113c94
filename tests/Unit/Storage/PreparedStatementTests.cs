using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

[Trait("Engine", "Sqlite")]
public sealed class PreparedStatementTests : IDisposable
{
    private const string InsertSql = "INSERT INTO things (id, text, bytes, number) VALUES (?1, ?2, ?3, ?4)";
    private const string SelectSql = "SELECT text, bytes, number FROM things WHERE id = ?1";

    private readonly PreparingConnection _connection = new("Data Source=:memory:");

    public PreparedStatementTests()
    {
        _connection.Open();
        _connection.Prepare("CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB, number INTEGER CHECK (number <> 13)) STRICT").Execute();
    }

    public static TheoryData<string?> Texts => new(null as string, "", "a", "Z\u00FCrich \U0001F4B3", new string('\u20AC', 5000));

    public void Dispose() => _connection.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_as_it_was_bound(string? text)
    {
        _connection.Prepared(InsertSql).Bind(1, 1).Bind(2, text).Execute().ShouldBe(1);

        _connection.Prepared(SelectSql).Bind(1, 1).Query(row => row.Text(0)).ShouldBe([text]);
    }

    [Theory]
    [InlineData("Visa", "Visa")]
    [InlineData("Visa", "Mastercard")]
    [InlineData("Visa", null)]
    [InlineData("", "Visa")]
    [InlineData(null, "Visa")]
    [InlineData(null, "")]
    [InlineData("Z\u00FCrich", "Z\u00FCrich")]
    public void A_name_comes_back_as_it_was_bound_no_matter_what_was_guessed(string? name, string? guess)
    {
        _connection.Prepared(InsertSql).Bind(1, 1).Bind(2, name).Execute();

        _connection.Prepared(SelectSql).Bind(1, 1).Query(row => row.Name(0, guess)).ShouldBe([name]);
    }

    [Fact]
    public void Text_that_is_UTF8_already_is_text_like_any()
    {
        _connection.Prepared(InsertSql).Bind(1, 1).BindUtf8(2, "\u00E9t\u00E9"u8.ToArray()).Execute();
        _connection.Prepared(InsertSql).Bind(1, 2).BindUtf8(2, null).Execute();

        _connection.Prepared("SELECT text FROM things ORDER BY id").Query(row => row.Text(0)).ShouldBe(["\u00E9t\u00E9", null]);
    }

    [Fact]
    public void Bytes_and_numbers_come_back_as_they_were_bound_and_NULL_as_null()
    {
        _connection.Prepared(InsertSql).Bind(1, 1).Bind(3, [0, 1, 255]).Bind(4, long.MinValue).Execute();
        _connection.Prepared(InsertSql).Bind(1, 2).Bind(3, (byte[]?)null).Bind(4, (long?)null).Execute();

        var rows = _connection.Prepared("SELECT bytes, number FROM things ORDER BY id").Query(row => (row.Blob(0), row.Int64OrNull(1)));

        rows[0].Item1.ShouldBe([0, 1, 255]);
        rows[0].Item2.ShouldBe(long.MinValue);
        rows[1].ShouldBe((null, null));
    }

    [Fact]
    public void What_was_bound_for_one_run_is_not_there_for_the_next()
    {
        _connection.Prepared(InsertSql).Bind(1, 1).Bind(2, "first").Execute();
        _connection.Prepared(InsertSql).Bind(1, 2).Execute();

        _connection.Prepared(SelectSql).Bind(1, 2).Query(row => row.Text(0)).ShouldBe([null]);
    }

    [Fact]
    public void A_run_that_breaks_a_rule_says_so_and_leaves_the_statement_good_for_the_next()
    {
        Should.Throw<SqliteException>(() => _connection.Prepared(InsertSql).Bind(1, 1).Bind(4, 13).Execute()).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_CONSTRAINT);

        _connection.Prepared(InsertSql).Bind(1, 1).Bind(4, 12).Execute().ShouldBe(1);
        _connection.Prepared("SELECT number FROM things").ExecuteScalar().ShouldBe(12);
    }

    [Fact]
    public void A_scalar_is_null_where_there_is_no_row() => _connection.Prepared("SELECT number FROM things").ExecuteScalar().ShouldBeNull();

    [Fact]
    public void A_statement_is_prepared_once_for_a_connection() => _connection.Prepared(SelectSql).ShouldBeSameAs(_connection.Prepared(SelectSql));
}
