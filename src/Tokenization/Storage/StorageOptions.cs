using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The database engines that can store a vault.</summary>
public enum StorageProvider
{
    /// <summary>Embedded: one file, one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL, 14 or newer: a separate server.</summary>
    Postgres,
}

/// <summary>When a PostgreSQL commit returns.</summary>
public enum CommitDurability
{
    /// <summary>When the commit is on the disk of the server and of its synchronous standbys, if it has any.</summary>
    On,

    /// <summary>When the synchronous standbys also show the commit to readers.</summary>
    RemoteApply,
}

/// <summary>Where data is stored (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The smallest limit for the log: twice what the log grows to between two restarts from its beginning.</summary>
    public const int LeastLogMegabytes = 8;

    /// <summary>The largest limit for the log: one tebibyte.</summary>
    public const int MostLogMegabytes = 1024 * 1024;

    /// <summary>The database engine.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>
    /// For SQLite: empty, or only the file, as in <c>Data Source=/srv/portal/portal.db</c>. How the file is opened cannot be configured.
    /// For PostgreSQL: the server and the database, as in <c>Host=db.internal;Database=portal;Username=portal</c>, and any other setting of Npgsql.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The directory for all stored files; an absolute path once the host has resolved <c>Portal:DataDirectory</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// The limit for SQLite's write-ahead log, in MiB. The log grows this large only if a long-running reader keeps it from restarting; past the limit nothing
    /// is written until that reader ends. From <see cref="LeastLogMegabytes"/> to <see cref="MostLogMegabytes"/>.
    /// </summary>
    [Range(LeastLogMegabytes, MostLogMegabytes)]
    public int LargestLogMegabytes { get; set; } = 1024;

    /// <summary>When a PostgreSQL commit returns. It is always at least on the server's own disk.</summary>
    public CommitDurability SynchronousCommit { get; set; }

    /// <summary>The name of the database for the operator: SQLite's file, or PostgreSQL's database and server.</summary>
    public string DatabaseName => Provider == StorageProvider.Postgres ? PostgresSettings.NameOf(ConnectionString) : SqliteFile;

    /// <summary>What is wrong with <see cref="ConnectionString"/> for the configured engine, as a sentence that does not repeat its value; null if it is valid.</summary>
    public string? Fault => Provider == StorageProvider.Postgres ? PostgresFault : SqliteFault;

    /// <summary>What is wrong with <see cref="ConnectionString"/> for PostgreSQL, as a sentence that does not repeat its value; null if it is valid.</summary>
    public string? PostgresFault => PostgresSettings.FaultOf(ConnectionString);

    /// <summary>SQLite's file: the one that <see cref="ConnectionString"/> names, otherwise <c>portal.db</c> in <see cref="DataDirectory"/>.</summary>
    public string SqliteFile => ConnectionString.Length == 0 || SqliteFault is not null
        ? Path.Combine(DataDirectory, "portal.db")
        : Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource);

    /// <summary>What is wrong with <see cref="ConnectionString"/> for SQLite, as a sentence that does not repeat its value; null if it is valid.</summary>
    public string? SqliteFault => ConnectionString.Length == 0 || ConnectionNamesAFileAlone()
        ? null
        : "Storage:ConnectionString may only name a file for Sqlite: Data Source=/srv/portal/portal.db. How it is opened cannot be set.";

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
