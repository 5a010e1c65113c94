using System.Runtime.CompilerServices;
using System.Text;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// A statement that runs repeatedly on one connection. Values are bound by position, counted from 1 (<c>?1</c>), and last for one run;
/// an unbound parameter is NULL. Not thread-safe.
/// </summary>
internal abstract class PreparedStatement : IDisposable
{
    /// <summary>Binds a value to the parameter at a position, counted from 1; null leaves it NULL, as each parameter is before a run. Values last for one run.</summary>
    public abstract PreparedStatement Bind(int place, long? value);

    /// <inheritdoc cref="Bind(int, long?)"/>
    public abstract PreparedStatement Bind(int place, byte[]? value);

    /// <inheritdoc cref="Bind(int, long?)"/>
    public abstract PreparedStatement Bind(int place, string? value);

    /// <summary>Binds text that is already in UTF-8 to the parameter at a position, counted from 1; null for NULL.</summary>
    public abstract PreparedStatement BindUtf8(int place, byte[]? utf8);

    /// <summary>Binds a value to the parameter of a column, for a statement whose <see cref="ColumnList"/> comes from the enumeration.</summary>
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

    /// <summary>Runs the statement to its end.</summary>
    /// <returns>The number of rows that the statement changed.</returns>
    public abstract int Execute();

    /// <summary>
    /// Runs the statement before the next one that returns something, and before the end of the transaction, so that many can be sent at once to an engine behind
    /// a network. For statements whose result nobody needs. A failure is thrown by the statement that follows.
    /// </summary>
    public virtual void ExecuteLater() => Execute();

    /// <summary>Runs the statement and returns the first column of its first row; null if there is no row or the column is NULL.</summary>
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

    /// <summary>Runs the statement and maps each row.</summary>
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

    /// <summary>Runs the statement and calls an action for each row.</summary>
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

    /// <summary>Gets a column of the current row, counted from 0, which must not be NULL.</summary>
    public abstract long Int64(int column);

    /// <summary>Gets a column of the current row; null for NULL.</summary>
    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <inheritdoc cref="Int64OrNull(int)"/>
    public abstract string? Text(int column);

    /// <summary>Gets a text that is one of few names. A new string is made only if the text differs from the guess.</summary>
    public string? Name(int column, string? guess) =>
        guess is { Length: > 0 } && Ascii.Equals(Bytes(column), guess) ? guess : Text(column);

    /// <inheritdoc cref="Int64OrNull(int)"/>
    public abstract byte[]? Blob(int column);

    /// <summary>Gets the bytes of a column, or the UTF-8 bytes of a text; empty for NULL. They are valid only while the row is current.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>Gets a column of the current row, named by the enumeration of the statement's <see cref="ColumnList"/>; it must not be NULL.</summary>
    public long Int64<TColumn>(TColumn column)
        where TColumn : struct, Enum => Int64(PlaceOf(column) - 1);

    /// <summary>Gets a column of the current row, named by the enumeration of the statement's <see cref="ColumnList"/>; null for NULL.</summary>
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

    /// <summary>Moves to the first or next row; false at the end.</summary>
    protected abstract bool Step();

    /// <summary>Ends the run and clears the bound values, which may be long and belong to one request.</summary>
    protected abstract void Reset();

    protected abstract bool IsNull(int column);

    private static int PlaceOf<TColumn>(TColumn column)
        where TColumn : struct, Enum => Unsafe.BitCast<TColumn, int>(column) + 1;
}
