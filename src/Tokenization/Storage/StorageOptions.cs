using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The engines a vault can be kept in.</summary>
public enum StorageProvider
{
    /// <summary>Embedded: one file, one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL, 14 or newer: a server of its own.</summary>
    Postgres,
}

/// <summary>When a commit of PostgreSQL is answered.</summary>
public enum CommitDurability
{
    /// <summary>It is on the disk of the server, and of its synchronous standbys where it has any.</summary>
    On,

    /// <summary>Synchronous standbys show it as well.</summary>
    RemoteApply,
}

/// <summary>Where data is kept (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>Twice what the log takes between two of its fresh starts.</summary>
    public const int LeastLogMegabytes = 8;

    /// <summary>A tebibyte.</summary>
    public const int MostLogMegabytes = 1024 * 1024;

    /// <summary>The engine.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>
    /// For SQLite empty, or the file alone: <c>Data Source=/srv/portal/portal.db</c>. How the file is opened is not to be chosen.
    /// For PostgreSQL the server and the database: <c>Host=db.internal;Database=portal;Username=portal</c>, and what else Npgsql takes.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The directory for everything that is stored, an absolute path once the host has resolved <c>Portal:DataDirectory</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// Longest that SQLite's write-ahead log may become, in MiB, because a reader that does not end keeps it from starting over: past
    /// it nothing is written until that reader is gone. From <see cref="LeastLogMegabytes"/> to <see cref="MostLogMegabytes"/>.
    /// </summary>
    [Range(LeastLogMegabytes, MostLogMegabytes)]
    public int LargestLogMegabytes { get; set; } = 1024;

    /// <summary>When a commit of PostgreSQL is answered. Nothing less than its own disk can be chosen.</summary>
    public CommitDurability SynchronousCommit { get; set; }

    /// <summary>Which database it is, in words for the operator: SQLite's file, or PostgreSQL's database and server.</summary>
    public string DatabaseName => Provider == StorageProvider.Postgres ? PostgresSettings.NameOf(ConnectionString) : SqliteFile;

    /// <summary>What is wrong with <see cref="ConnectionString"/> for the engine, as a sentence that does not repeat it; null if nothing.</summary>
    public string? Fault => Provider == StorageProvider.Postgres ? PostgresFault : SqliteFault;

    /// <summary>What is wrong with <see cref="ConnectionString"/> for PostgreSQL, as a sentence that does not repeat it; null if nothing.</summary>
    public string? PostgresFault => PostgresSettings.FaultOf(ConnectionString);

    /// <summary>SQLite's file: that of <see cref="ConnectionString"/>, or else <c>portal.db</c> in <see cref="DataDirectory"/>.</summary>
    public string SqliteFile => ConnectionString.Length == 0 || SqliteFault is not null
        ? Path.Combine(DataDirectory, "portal.db")
        : Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource);

    /// <summary>What is wrong with <see cref="ConnectionString"/> for SQLite, as a sentence that does not repeat it; null if nothing.</summary>
    public string? SqliteFault => ConnectionString.Length == 0 || ConnectionNamesAFileAlone()
        ? null
        : "Storage:ConnectionString may only name a file for Sqlite: Data Source=/srv/portal/portal.db. How it is opened is not to be chosen.";

    private bool ConnectionNamesAFileAlone()
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
            var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
            return parts.Count == 1 && file.Length > 0 && !file.StartsWith(':') && !file.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
