using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// How a database is opened that must stay as it is, down to its directory. Where nothing lies beside it, no program has it open: it is read
/// as a file that does not change, without the log and the shared memory that SQLite would create. Otherwise it is read like any other
/// reader does, with the log that is there.
/// </summary>
internal sealed class InspectedFile
{
    private readonly string _path;
    private readonly bool _isQuiet;
    private readonly (long Length, DateTime WrittenAt) _before;

    public InspectedFile(string path)
    {
        _path = path;
        _isQuiet = IsQuiet();
        _before = State();
    }

    /// <summary>Opens it for reading alone.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = _isQuiet ? new Uri(_path).AbsoluteUri + "?immutable=1" : _path,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>Whether a program has opened a file that was read as one that does not change: what was read may be wrong.</summary>
    public bool WasDisturbed => _isQuiet && (!IsQuiet() || State() != _before);

    private bool IsQuiet() => !HasContent(_path + "-wal") && !HasContent(_path + "-journal");

    private (long Length, DateTime WrittenAt) State() => (new FileInfo(_path).Length, File.GetLastWriteTimeUtc(_path));

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
