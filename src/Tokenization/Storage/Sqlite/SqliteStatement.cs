using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// A statement prepared by SQLite, for the few statements that every request waits for. Values are bound directly: an ADO.NET command wraps
/// each in an object, some 2 KB for a setup intent.
/// </summary>
internal sealed class SqliteStatement : PreparedStatement
{
    private const int LargestOnStack = 512;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, long? value)
    {
        if (value is { } known)
        {
            Check(raw.sqlite3_bind_int64(_statement, place, known));
        }

        return this;
    }

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, byte[]? value)
    {
        if (value is not null)
        {
            Check(raw.sqlite3_bind_blob(_statement, place, value));
        }

        return this;
    }

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, string? value)
    {
        switch (value)
        {
            case null:
                break;
            case "":
                Check(raw.sqlite3_bind_text(_statement, place, value)); // SQLite would bind an empty span as NULL
                break;
            default:
                BindText(place, value);
                break;
        }

        return this;
    }

    /// <inheritdoc/>
    public override PreparedStatement BindUtf8(int place, byte[]? utf8)
    {
        if (utf8 is { Length: > 0 })
        {
            Check(raw.sqlite3_bind_text(_statement, place, utf8.AsSpan()));
        }

        return this;
    }

    /// <inheritdoc/>
    public override int Execute()
    {
        try
        {
            while (Step())
            {
                // Rows are ignored.
            }

            return raw.sqlite3_changes(_connection.Handle);
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc/>
    public override long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <inheritdoc/>
    public override string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <inheritdoc/>
    public override byte[]? Blob(int column) => IsNull(column) ? null : raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public override void Dispose() => _statement.Dispose();

    /// <inheritdoc/>
    protected override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    protected override bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        Check(result);
        return false;
    }

    // A parameter that the next run does not bind is NULL. The result of the reset only repeats the error that the run has reported.
    /// <inheritdoc/>
    protected override void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    private void BindText(int place, string value)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = longest > LargestOnStack ? ArrayPool<byte>.Shared.Rent(longest) : null;
        var utf8 = rented ?? stackalloc byte[LargestOnStack];
        Check(raw.sqlite3_bind_text(_statement, place, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
