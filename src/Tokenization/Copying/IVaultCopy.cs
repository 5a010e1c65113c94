namespace Dojo.Pci.Tokenization.Copying;

/// <summary>The direction in which a vault is copied.</summary>
public enum CopyDirection
{
    /// <summary>From SQLite's file in the data directory to the database of the connection string.</summary>
    SqliteToPostgres,

    /// <summary>From the database of the connection string to SQLite's file in the data directory.</summary>
    PostgresToSqlite,
}

/// <summary>The progress of copying a table.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Rows">The number of rows that have been copied.</param>
/// <param name="IsWhole">Whether all rows have been copied.</param>
public sealed record TableProgress(string Table, long Rows, bool IsWhole);

/// <summary>The result of a copy.</summary>
/// <param name="Tables">The number of tables.</param>
/// <param name="Rows">The number of rows in all tables.</param>
public sealed record CopiedVault(int Tables, long Rows);

/// <summary>Copies everything that a vault has stored to the other engine, with all ids and keys unchanged. Key files are not copied.</summary>
public interface IVaultCopy
{
    /// <summary>
    /// Copies the vault, or continues an interrupted copy, and compares both sides at the end. No process can serve the target until it is complete.
    /// The vault must not be opened for this.
    /// </summary>
    /// <param name="direction">The direction.</param>
    /// <param name="report">Called after each part that was stored.</param>
    /// <exception cref="CopyRefusedException">A side is in use or not in the required state, or both sides differ at the end.</exception>
    CopiedVault Copy(CopyDirection direction, Action<TableProgress> report);
}
