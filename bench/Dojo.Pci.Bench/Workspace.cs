namespace Dojo.Pci.Bench;

/// <summary>The directories of a run, all below one that is deleted at the end. Only their owner can read them, as a vault requires.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dojo-pci-bench-");
    private int _count;

    /// <summary>Returns a path in the workspace.</summary>
    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Creates a home for a vault.</summary>
    public VaultHome NewHome()
    {
        var path = PathOf($"vault-{++_count}");
        CreateDirectory(path);
        return new VaultHome(path);
    }

    /// <summary>Copies the home of a vault that no process has open.</summary>
    public VaultHome Copy(VaultHome home)
    {
        var copy = NewHome();
        foreach (var file in Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(home.Path, file));
            CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>Where a vault keeps its data and its keys.</summary>
/// <param name="Path">The directory above both.</param>
internal sealed record VaultHome(string Path)
{
    /// <summary>The directory of the data.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>The directory of the root key.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The connection string where the database is PostgreSQL; null for SQLite, whose file is in <see cref="Data"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>The database file of SQLite.</summary>
    public string Database => System.IO.Path.Combine(Data, "portal.db");

    /// <summary>Deletes the directory.</summary>
    public void Delete() => Directory.Delete(Path, recursive: true);
}
