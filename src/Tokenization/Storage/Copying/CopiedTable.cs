namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>The type of a column's values, on both engines.</summary>
internal enum CopiedValue
{
    /// <summary>An integer.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Binary data.</summary>
    Bytes,
}

/// <summary>A column of a copied table.</summary>
internal sealed record CopiedColumn(string Name, CopiedValue Value);

/// <summary>A table that both engines have.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Columns">The columns of the table.</param>
/// <param name="Key">The columns of the primary key, in whose order the table is read and compared.</param>
/// <param name="RefersToItself">Whether rows refer to other rows of the same table, including later ones, so that all have to be inserted in one transaction.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, IReadOnlyList<string> Key, bool RefersToItself)
{
    /// <summary>The statement that reads the whole table in the order of its key.</summary>
    public string SelectSql => $"SELECT {ColumnNames} FROM {Quoted(Name)} ORDER BY {string.Join(", ", Key.Select(Quoted))}";

    /// <summary>The quoted names of the columns, for a statement.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    /// <summary>The quoted name of the table, for a statement.</summary>
    public string QuotedName => Quoted(Name);

    private static string Quoted(string name) => $"\"{name}\"";
}
