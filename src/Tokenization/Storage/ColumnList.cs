using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The columns that a row type or an enumeration declares, in its order: the property <c>CreatedAt</c> is the column <c>created_at</c>. Statements take
/// their column lists, parameters and positions from here, so no two lists have to be kept in step by hand.
/// </summary>
internal sealed class ColumnList
{
    private readonly (string Property, string Column)[] _columns;

    private ColumnList(IEnumerable<string> properties) =>
        _columns = [.. properties.Select(property => (property, JsonNamingPolicy.SnakeCaseLower.ConvertName(property)))];

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary><c>id, created_at</c>.</summary>
    public string Names => Join(column => column.Column);

    /// <summary><c>id AS Id, created_at AS CreatedAt</c>, which Dapper maps to the properties of a row.</summary>
    public string Selected => Join(column => $"{column.Column} AS {column.Property}");

    /// <summary><c>?1, ?2</c>: the placeholders of the values in a prepared statement.</summary>
    public string Places => string.Join(", ", Enumerable.Range(1, Count).Select(place => $"?{place}"));

    /// <summary><c>name = @Name, last_four = @LastFour</c>: sets the columns to the properties of a row.</summary>
    public string Assignments => Join(column => $"{column.Column} = @{column.Property}");

    /// <summary><c>name IS NOT DISTINCT FROM @Name AND last_four IS NOT DISTINCT FROM @LastFour</c>: compares with the properties of a row, NULL included.</summary>
    public string Equalities => string.Join(" AND ", _columns.Select(column => $"{column.Column} IS NOT DISTINCT FROM @{column.Property}"));

    /// <summary>The columns of a row type: one for each writable property.</summary>
    public static ColumnList Of<TRow>() =>
        new(typeof(TRow).GetProperties().Where(property => property.CanWrite).OrderBy(property => property.MetadataToken).Select(property => property.Name));

    /// <summary>The columns that an enumeration names; its values, counted from 0, are the column indexes of a row that a prepared statement reads.</summary>
    public static ColumnList OfEnum<TColumn>()
        where TColumn : struct, Enum => new(Enum.GetNames<TColumn>());

    /// <summary>The same list without one column, such as an id that the database assigns.</summary>
    public ColumnList Without(string property) => new(_columns.Select(column => column.Property).Where(name => name != property));

    /// <summary>The column name of an enumeration value.</summary>
    public string NameOf<TColumn>(TColumn column)
        where TColumn : struct, Enum => _columns[Unsafe.BitCast<TColumn, int>(column)].Column;

    /// <summary>The same as <see cref="Selected"/>, for a table that has an alias in the statement.</summary>
    public string SelectedOf(string alias) => Join(column => $"{alias}.{column.Column} AS {column.Property}");

    /// <summary>Inserts a row whose parameters are the properties of the row type: <c>INSERT INTO t (id, created_at) VALUES (@Id, @CreatedAt)</c>.</summary>
    public string InsertInto(string table) => $"INSERT INTO {table} ({Names}) VALUES ({Join(column => $"@{column.Property}")})";

    private string Join(Func<(string Property, string Column), string> write) => string.Join(", ", _columns.Select(write));
}
