namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>The SQLite library that this process has loaded.</summary>
/// <param name="Version">The version that the library reports, such as <c>3.53.4</c>.</param>
internal sealed record SqliteEngine(string Version)
{
    /// <summary>
    /// The oldest version that may open a database. Versions 3.7.0 to 3.51.2 can corrupt one in WAL mode when a checkpoint ends on one connection while
    /// another commits and restarts the log (https://sqlite.org/wal.html, "The WAL-Reset Bug"). This product checkpoints in exactly that way.
    /// </summary>
    public static readonly Version Oldest = new(3, 51, 3);

    /// <summary>Why the library must not open a database, as a sentence for the operator; null if it may.</summary>
    public string? Fault => System.Version.TryParse(Version, out var version) && version >= Oldest
        ? null
        : $"The SQLite library has version {Version}; versions before {Oldest} can corrupt a database (https://sqlite.org/wal.html). Reinstall the program with the library that it comes with.";

    /// <summary>Loads the library and returns its version.</summary>
    public static SqliteEngine Loaded()
    {
        SQLitePCL.Batteries_V2.Init();

        // Turns off memory statistics, which SQLite keeps under a lock for limits that we do not set. A library already in use refuses this, which only costs speed.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return new SqliteEngine(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }
}
