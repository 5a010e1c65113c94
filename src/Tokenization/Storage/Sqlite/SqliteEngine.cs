namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>The SQLite library that this process has loaded.</summary>
/// <param name="Version">Its version as it says itself, such as <c>3.53.4</c>.</param>
internal sealed record SqliteEngine(string Version)
{
    /// <summary>
    /// Oldest version that may open a database. 3.7.0 to 3.51.2 can corrupt one in WAL mode when a checkpoint ends on one connection while
    /// another commits and starts the log over (https://sqlite.org/wal.html, "The WAL-Reset Bug"), which is how this product works.
    /// </summary>
    public static readonly Version Oldest = new(3, 51, 3);

    /// <summary>Why it must not open a database, as a sentence for the operator; null when it may.</summary>
    public string? Fault => System.Version.TryParse(Version, out var version) && version >= Oldest
        ? null
        : $"The SQLite library has version {Version}; versions before {Oldest} can corrupt a database (https://sqlite.org/wal.html). Install the program anew with the library that it comes with.";

    /// <summary>The library that is loaded.</summary>
    public static SqliteEngine Loaded()
    {
        SQLitePCL.Batteries_V2.Init();

        // It counts what it allocates under a lock, for limits that nothing here sets. Once it is in use it refuses to be told so, which changes nothing but speed.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return new SqliteEngine(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }
}
