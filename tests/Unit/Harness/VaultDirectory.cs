using Dojo.Pci.Tokenization.Crypto;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>A fresh directory with a root key and a database that nothing has opened yet. It outlives the vaults opened on it, and is deleted with its content.</summary>
internal sealed class VaultDirectory : IDisposable
{
    public VaultDirectory()
    {
        Root = Directory.CreateTempSubdirectory("dojo-pci-vault-").FullName;
        new FileRootKeyProvider(Options.Create(new VaultOptions { KeyDirectory = Keys })).CreateIfMissing();
        Database = new TestDatabase(Data);
    }

    public string Root { get; }

    public TestDatabase Database { get; }

    public string Data => Path.Combine(Root, "data");

    public string Keys => Path.Combine(Root, "keys");

    public string RootKeyFile => Path.Combine(Keys, VaultOptions.RootKeyFile);

    public string DatabaseFile => Database.File;

    /// <summary>Every byte that is stored.</summary>
    public byte[] ReadAllData() => Database.ReadAll();

    /// <summary>Executes SQL without the vault, as only somebody with database access can.</summary>
    public void Execute(string sql) => Database.Execute(sql);

    /// <summary>Returns the number that a query finds, as only somebody with database access can.</summary>
    public long Single(string sql) => Database.Single<long>(sql);

    /// <summary>Executes SQL without the triggers, and restores them afterwards.</summary>
    public void Tamper(string sql) => Database.Tamper(sql);

    public void ReplaceRootKey(ReadOnlySpan<byte> key)
    {
        File.Delete(RootKeyFile);
        File.WriteAllBytes(RootKeyFile, key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(RootKeyFile, UnixFileMode.UserRead);
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
