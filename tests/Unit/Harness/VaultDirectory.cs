using Dapper;
using Dojo.Pci.Tokenization.Crypto;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>A fresh directory with a root key and no database yet. It outlives the vaults opened on it, and is deleted with everything in it.</summary>
internal sealed class VaultDirectory : IDisposable
{
    public VaultDirectory()
    {
        Root = Directory.CreateTempSubdirectory("dojo-pci-vault-").FullName;
        new FileRootKeyProvider(Options.Create(new VaultOptions { KeyDirectory = Keys })).CreateIfMissing();
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Keys => Path.Combine(Root, "keys");

    public string RootKeyFile => Path.Combine(Keys, VaultOptions.RootKeyFile);

    public string DatabaseFile => Path.Combine(Data, "portal.db");

    /// <summary>Every byte that is stored: the database, its log and what lies beside them.</summary>
    public byte[] ReadAllData()
    {
        using var all = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(Data).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.CopyTo(all);
        }

        return all.ToArray();
    }

    /// <summary>Does to the stored data, behind the vault's back, what only someone with the file can do.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        connection.Execute(sql);
    }

    /// <summary>The number that a query gives, as only someone with the file can ask.</summary>
    public long Single(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        return connection.ExecuteScalar<long>(sql);
    }

    /// <summary>The same without the triggers, which are as before afterwards.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false, ForeignKeys = false }.ToString());
        var triggers = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").ToList();
        connection.Execute(string.Concat(triggers.Select(trigger => $"DROP TRIGGER {trigger.Name};")) + sql);
        foreach (var (_, trigger) in triggers)
        {
            connection.Execute(trigger);
        }
    }

    public void ReplaceRootKey(ReadOnlySpan<byte> key)
    {
        File.Delete(RootKeyFile);
        File.WriteAllBytes(RootKeyFile, key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(RootKeyFile, UnixFileMode.UserRead);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
