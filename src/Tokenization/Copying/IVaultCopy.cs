namespace Dojo.Pci.Tokenization.Copying;

/// <summary>Which way a vault is copied.</summary>
public enum CopyDirection
{
    /// <summary>From SQLite's file in the data directory to the database of the connection string.</summary>
    SqliteToPostgres,

    /// <summary>The other way.</summary>
    PostgresToSqlite,
}

/// <summary>How far a table has come.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many of its rows have been copied.</param>
/// <param name="IsWhole">Whether these are all.</param>
public sealed record TableProgress(string Table, long Rows, bool IsWhole);

/// <summary>What was copied.</summary>
/// <param name="Tables">How many tables.</param>
/// <param name="Rows">How many rows, in all of them.</param>
public sealed record CopiedVault(int Tables, long Rows);

/// <summary>Copies everything that a vault has stored to the other engine, with every id and key as it is. Files of keys are no part of it.</summary>
public interface IVaultCopy
{
    /// <summary>
    /// Copies, or goes on with a copy that was interrupted, and compares both sides in the end. Nothing can serve the target until it is whole. The
    /// vault is not to be opened for it.
    /// </summary>
    /// <param name="direction">Which way.</param>
    /// <param name="report">Told after each part that is stored.</param>
    /// <exception cref="CopyRefusedException">A side is in use, or is not what it has to be, or both differ in the end.</exception>
    CopiedVault Copy(CopyDirection direction, Action<TableProgress> report);
}
