using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The columns that a row type or an enumeration declares, in its order: <c>CreatedAt</c> is <c>created_at</c>. What a statement selects and
/// inserts, its parameters and their places come from here, so that no two lists have to be kept in step by hand.
/// </summary>
internal sealed class ColumnList
{
    private readonly (string Property, string Column)[] _columns;

    private ColumnList(IEnumerable<string> properties) =>
        _columns = [.. properties.Select(property => (property, JsonNamingPolicy.SnakeCaseLower.ConvertName(property)))];

    /// <summary>How many there are.</summary>
    public int Count => _columns.Length;

    /// <summary><c>id, created_at</c>.</summary>
    public string Names => Join(column => column.Column);

    /// <summary><c>id AS Id, created_at AS CreatedAt</c>: what Dapper maps to the properties of a row.</summary>
    public string Selected => Join(column => $"{column.Column} AS {column.Property}");

    /// <summary><c>?1, ?2</c>: the places of the values in a prepared statement.</summary>
    public string Places => string.Join(", ", Enumerable.Range(1, Count).Select(place => $"?{place}"));

    /// <summary><c>name = @Name, last_four = @LastFour</c>: sets them to the properties of a row.</summary>
    public string Assignments => Join(column => $"{column.Column} = @{column.Property}");

    /// <summary><c>name IS NOT DISTINCT FROM @Name AND last_four IS NOT DISTINCT FROM @LastFour</c>: that they are what a row says, NULL included.</summary>
    public string Equalities => string.Join(" AND ", _columns.Select(column => $"{column.Column} IS NOT DISTINCT FROM @{column.Property}"));

    /// <summary>The columns of a row type: each property that is set when a row is read.</summary>
    public static ColumnList Of<TRow>() =>
        new(typeof(TRow).GetProperties().Where(property => property.CanWrite).OrderBy(property => property.MetadataToken).Select(property => property.Name));

    /// <summary>The columns that an enumeration names; its values, counted from 0, are their places when a prepared statement is read.</summary>
    public static ColumnList OfEnum<TColumn>()
        where TColumn : struct, Enum => new(Enum.GetNames<TColumn>());

    /// <summary>The same without one, which the database chooses.</summary>
    public ColumnList Without(string property) => new(_columns.Select(column => column.Property).Where(name => name != property));

    /// <summary>The name of a column of an enumeration.</summary>
    public string NameOf<TColumn>(TColumn column)
        where TColumn : struct, Enum => _columns[Unsafe.BitCast<TColumn, int>(column)].Column;

    /// <summary>The same as <see cref="Selected"/>, of a table that the statement calls by an alias.</summary>
    public string SelectedOf(string alias) => Join(column => $"{alias}.{column.Column} AS {column.Property}");

    /// <summary>Inserts a row whose parameters are the properties of the row type: <c>INSERT INTO t (id, created_at) VALUES (@Id, @CreatedAt)</c>.</summary>
    public string InsertInto(string table) => $"INSERT INTO {table} ({Names}) VALUES ({Join(column => $"@{column.Property}")})";

    private string Join(Func<(string Property, string Column), string> write) => string.Join(", ", _columns.Select(write));
}
