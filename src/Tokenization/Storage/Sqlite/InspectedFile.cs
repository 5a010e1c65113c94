using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// Opens a database that must not change, not even in its directory. If its log and journal are missing or empty, it is taken not to be
/// in use and is read as an immutable file, without the log and the shared memory that SQLite would create (see <see cref="WasDisturbed"/>). Otherwise it
/// is read like any other database, with the log that exists.
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

    /// <summary>The connection string, which opens the file read-only.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = _isQuiet ? new Uri(_path).AbsoluteUri + "?immutable=1" : _path,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>Whether another program has opened a file that was read as immutable, so that what was read may be wrong.</summary>
    public bool WasDisturbed => _isQuiet && (!IsQuiet() || State() != _before);

    private bool IsQuiet() => !HasContent(_path + "-wal") && !HasContent(_path + "-journal");

    private (long Length, DateTime WrittenAt) State() => (new FileInfo(_path).Length, File.GetLastWriteTimeUtc(_path));

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
