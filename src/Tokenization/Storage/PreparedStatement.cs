using System.Runtime.CompilerServices;
using System.Text;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// A statement that is run again and again on one connection. Values are bound by place, counted from 1 (<c>?1</c>), and last for one run;
/// what is not bound is NULL. Not safe for two threads.
/// </summary>
internal abstract class PreparedStatement : IDisposable
{
    /// <summary>Gives the parameter at a place, counted from 1, a value; null leaves it NULL, as each is before a run. Values last for one run.</summary>
    public abstract PreparedStatement Bind(int place, long? value);

    /// <inheritdoc cref="Bind(int, long?)"/>
    public abstract PreparedStatement Bind(int place, byte[]? value);

    /// <inheritdoc cref="Bind(int, long?)"/>
    public abstract PreparedStatement Bind(int place, string? value);

    /// <summary>Gives the parameter at a place, counted from 1, a text that is in UTF-8 already; null for NULL.</summary>
    public abstract PreparedStatement BindUtf8(int place, byte[]? utf8);

    /// <summary>The same for a column of an enumeration that the statement's <see cref="ColumnList"/> is of.</summary>
    public PreparedStatement Bind<TColumn>(TColumn column, long? value)
        where TColumn : struct, Enum => Bind(PlaceOf(column), value);

    /// <inheritdoc cref="Bind{TColumn}(TColumn, long?)"/>
    public PreparedStatement Bind<TColumn>(TColumn column, byte[]? value)
        where TColumn : struct, Enum => Bind(PlaceOf(column), value);

    /// <inheritdoc cref="Bind{TColumn}(TColumn, long?)"/>
    public PreparedStatement Bind<TColumn>(TColumn column, string? value)
        where TColumn : struct, Enum => Bind(PlaceOf(column), value);

    /// <inheritdoc cref="Bind{TColumn}(TColumn, long?)"/>
    public PreparedStatement BindUtf8<TColumn>(TColumn column, byte[]? utf8)
        where TColumn : struct, Enum => BindUtf8(PlaceOf(column), utf8);

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public abstract int Execute();

    /// <summary>
    /// Runs it before the next statement that tells something, and before the end of the transaction: an engine behind a network is sent many of them at
    /// once. For one of which nothing is asked; what it fails with is thrown by what comes after it.
    /// </summary>
    public virtual void ExecuteLater() => Execute();

    /// <summary>Runs it for the first column of its first row; null when there is no row, or that is NULL.</summary>
    public long? ExecuteScalar()
    {
        try
        {
            return Step() ? Int64OrNull(0) : null;
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

    /// <summary>Runs it, and looks at each row.</summary>
    public void Each(Action<PreparedStatement> look)
    {
        try
        {
            while (Step())
            {
                look(this);
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>While a row is read: a column of it, counted from 0, that is not NULL.</summary>
    public abstract long Int64(int column);

    /// <summary>While a row is read: a column of it; null for NULL.</summary>
    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <inheritdoc cref="Int64OrNull(int)"/>
    public abstract string? Text(int column);

    /// <summary>The same for one of few names: the text is made only where it is not the one that was guessed.</summary>
    public string? Name(int column, string? guess) =>
        guess is { Length: > 0 } && Ascii.Equals(Bytes(column), guess) ? guess : Text(column);

    /// <inheritdoc cref="Int64OrNull(int)"/>
    public abstract byte[]? Blob(int column);

    /// <summary>While a row is read, and no longer: the bytes of a column, those in UTF-8 of a text; none for NULL.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>While a row is read: a column of the enumeration that the statement's <see cref="ColumnList"/> is of, not NULL.</summary>
    public long Int64<TColumn>(TColumn column)
        where TColumn : struct, Enum => Int64(PlaceOf(column) - 1);

    /// <summary>The same; null for NULL.</summary>
    public long? Int64OrNull<TColumn>(TColumn column)
        where TColumn : struct, Enum => Int64OrNull(PlaceOf(column) - 1);

    /// <inheritdoc cref="Int64OrNull{TColumn}"/>
    public string? Text<TColumn>(TColumn column)
        where TColumn : struct, Enum => Text(PlaceOf(column) - 1);

    /// <inheritdoc cref="Name(int, string?)"/>
    public string? Name<TColumn>(TColumn column, string? guess)
        where TColumn : struct, Enum => Name(PlaceOf(column) - 1, guess);

    /// <inheritdoc cref="Int64OrNull{TColumn}"/>
    public byte[]? Blob<TColumn>(TColumn column)
        where TColumn : struct, Enum => Blob(PlaceOf(column) - 1);

    public abstract void Dispose();

    /// <summary>Goes to the first row, or to the next; false at the end.</summary>
    protected abstract bool Step();

    /// <summary>Ends the run. What was bound goes too: it may be long, and belongs to one request.</summary>
    protected abstract void Reset();

    protected abstract bool IsNull(int column);

    private static int PlaceOf<TColumn>(TColumn column)
        where TColumn : struct, Enum => Unsafe.BitCast<TColumn, int>(column) + 1;
}
