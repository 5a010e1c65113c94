namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>What a column holds, on both engines.</summary>
internal enum CopiedValue
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>A column.</summary>
internal sealed record CopiedColumn(string Name, CopiedValue Value);

/// <summary>A table, as both engines have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Key">The columns of its primary key: the order in which it is read and compared.</param>
/// <param name="RefersToItself">Whether rows refer to others of the same table, also to later ones, so that all have to be there at once.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, IReadOnlyList<string> Key, bool RefersToItself)
{
    /// <summary>Reads all of it, in the order of its key.</summary>
    public string SelectSql => $"SELECT {ColumnNames} FROM {Quoted(Name)} ORDER BY {string.Join(", ", Key.Select(Quoted))}";

    /// <summary>The names of its columns, for a statement.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    /// <summary>Its name, for a statement.</summary>
    public string QuotedName => Quoted(Name);

    private static string Quoted(string name) => $"\"{name}\"";
}
