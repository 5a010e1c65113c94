namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The engines a vault can be kept in.</summary>
public enum StorageProvider
{
    /// <summary>Embedded: one file, one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL. Not yet built; choosing it refuses the start.</summary>
    Postgres,
}

/// <summary>Where data is kept (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The name of SQLite's file inside <see cref="DataDirectory"/>.</summary>
    public const string SqliteFile = "portal.db";

    /// <summary>The engine.</summary>
    public StorageProvider Provider { get; set; }

    /// <summary>For SQLite empty: the file is <c>portal.db</c> in <see cref="DataDirectory"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The directory for everything that is stored, an absolute path once the host has resolved <c>Portal:DataDirectory</c>.</summary>
    public string DataDirectory { get; set; } = "data";
}
