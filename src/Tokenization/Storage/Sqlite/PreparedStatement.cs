using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// A statement that is prepared once and run again and again on one connection, for the few that every request waits for. Values are
/// bound as they are: an ADO.NET command takes each in an object of its own, some 2 KB for a setup intent. Not safe for two threads.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int LargestOnStack = 512;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Gives the parameter at a place, counted from 1, a value; null leaves it NULL, as each is before a run. Values last for one run.</summary>
    public PreparedStatement Bind(int place, long? value)
    {
        if (value is { } known)
        {
            Check(raw.sqlite3_bind_int64(_statement, place, known));
        }

        return this;
    }

    /// <inheritdoc cref="Bind(int, long?)"/>
    public PreparedStatement Bind(int place, byte[]? value)
    {
        if (value is not null)
        {
            Check(raw.sqlite3_bind_blob(_statement, place, value));
        }

        return this;
    }

    /// <inheritdoc cref="Bind(int, long?)"/>
    public PreparedStatement Bind(int place, string? value)
    {
        switch (value)
        {
            case null:
                break;
            case "":
                Check(raw.sqlite3_bind_text(_statement, place, value)); // an empty span would be taken for NULL
                break;
            default:
                BindText(place, value);
                break;
        }

        return this;
    }

    /// <summary>Gives the parameter at a place, counted from 1, a text that is in UTF-8 already; null for NULL.</summary>
    public PreparedStatement BindUtf8(int place, byte[]? utf8)
    {
        if (utf8 is { Length: > 0 })
        {
            Check(raw.sqlite3_bind_text(_statement, place, utf8.AsSpan()));
        }

        return this;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        try
        {
            while (Step())
            {
                // A row that nobody asked for.
            }

            return raw.sqlite3_changes(_connection.Handle);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it for the first column of its first row; null when there is no row, or that is NULL.</summary>
    public long? ExecuteScalar()
    {
        try
        {
            return Step() && raw.sqlite3_column_type(_statement, 0) != raw.SQLITE_NULL ? raw.sqlite3_column_int64(_statement, 0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it, and makes something of each row.</summary>
    public List<T> Query<T>(Func<PreparedStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>While a row is read: a column of it, counted from 0, that is not NULL.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>While a row is read: a column of it; null for NULL.</summary>
    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <inheritdoc cref="Int64OrNull"/>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The same for one of few names: the text is made only where it is not the one that was guessed.</summary>
    public string? Name(int column, string? guess) =>
        guess is { Length: > 0 } && Ascii.Equals(Bytes(column), guess) ? guess : Text(column);

    /// <inheritdoc cref="Int64OrNull"/>
    public byte[]? Blob(int column) => IsNull(column) ? null : raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>While a row is read, and no longer: the bytes of a column that is not NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        Check(result);
        return false;
    }

    // What was bound goes too: it may be long, and belongs to one request, and what is not bound in the next run is NULL. The result repeats what the run itself has reported.
    private void Reset()
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
