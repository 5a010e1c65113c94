using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>How the files of an open database are no longer what is found at their paths.</summary>
internal enum Displacement
{
    /// <summary>They are the same.</summary>
    None,

    /// <summary>At the database's path is nothing, or another file: it or a directory above was removed, moved or replaced.</summary>
    Database,

    /// <summary>The database's file is empty: someone has written over it.</summary>
    Emptied,

    /// <summary>The database is there, but its write-ahead log or the log's index is not, or is another file.</summary>
    Log,

    /// <summary>The lock is not there, or is another file: a second process may be serving the same database.</summary>
    Lock,
}

/// <summary>
/// The files of an open database, and whether they are still those at their paths. A process goes on with files that it has open after they
/// were removed or moved, and would acknowledge what nobody finds again. Their identities are taken when they are opened, and compared by
/// device and inode.
/// </summary>
/// <remarks>
/// A database that comes back to its path is the same, whole, if its log, index and lock are too: anyone who wrote to it meanwhile had to share
/// them. Anything else cannot be undone while the process runs, and stays. What is written into the files in place is not noticed, unless it
/// empties the database.
/// </remarks>
internal sealed class DatabaseFiles
{
    private readonly OpenedFile _database;
    private readonly OpenedFile _log;
    private readonly OpenedFile _index;
    private readonly OpenedFile? _lock;
    private volatile Displacement _found;
    private volatile Displacement _forGood;

    /// <summary>Takes the identities. To be made while a connection is open that has read: only then are all of the files there.</summary>
    /// <param name="database">The database's path.</param>
    /// <param name="lockFile">The path of the lock, if this process holds it.</param>
    public DatabaseFiles(string database, string? lockFile)
    {
        // The engine follows links, and puts its log beside the real file.
        var real = File.ResolveLinkTarget(database, returnFinalTarget: true)?.FullName ?? database;
        (DatabasePath, LogPath) = (database, real + "-wal");
        (_database, _log, _index) = (new OpenedFile(database, keepsContent: true), new OpenedFile(LogPath), new OpenedFile(real + "-shm"));
        _lock = lockFile is null ? null : new OpenedFile(lockFile);
    }

    /// <summary>Where the database was opened.</summary>
    public string DatabasePath { get; }

    /// <summary>Where its write-ahead log is.</summary>
    public string LogPath { get; }

    /// <summary>What the last look found. Costs nothing.</summary>
    public Displacement Found => _found;

    /// <summary>Whether the log is gone while nobody can have begun another: then what is in it may still be moved into the database.</summary>
    public bool LogCanBeMoved => _log.IsGone && !_index.IsAnother && _database.IsInPlace;

    /// <summary>Looks now; some microseconds. Any thread may.</summary>
    public Displacement Look()
    {
        var found = _forGood == Displacement.None ? Find() : _forGood;
        if (found is not (Displacement.None or Displacement.Database))
        {
            _forGood = found;
        }

        return _found = found;
    }

    /// <summary>The same for what a commit is in, the database and its log; half the cost while they are in place.</summary>
    public Displacement LookAtCommitted() => _found == Displacement.None && _database.IsInPlace && _log.IsInPlace ? Displacement.None : Look();

    /// <summary>What is wrong, for callers; it names no file.</summary>
    public static UnavailableException Unavailable(Displacement displacement) => new(displacement switch
    {
        Displacement.Log => "The log of the database was taken away.",
        Displacement.Lock => "The lock of the database was taken away.",
        _ => "The database is not where it was opened.",
    });

    private Displacement Find()
    {
        if (!_database.IsInPlace)
        {
            return _database.IsEmptied ? Displacement.Emptied : Displacement.Database;
        }

        if (_log.IsInPlace && _index.IsInPlace && (_lock is null || _lock.IsInPlace))
        {
            return Displacement.None;
        }

        // A directory that is moved between two looks takes all of them with it.
        return !_database.IsInPlace ? Displacement.Database
            : _log.IsInPlace && _index.IsInPlace ? Displacement.Lock
            : Displacement.Log;
    }

    /// <summary>A file by its path, and which it was when it was opened.</summary>
    private sealed class OpenedFile
    {
        private readonly byte[] _path;
        private readonly FileIdentity _identity;
        private readonly bool _keepsContent;

        /// <param name="path">Its path.</param>
        /// <param name="keepsContent">Whether it never becomes empty once it was not.</param>
        public OpenedFile(string path, bool keepsContent = false)
        {
            _path = FileStatus.Encode(path);
            var status = FileStatus.Of(_path) ?? throw new IOException($"{path} is not there: this file system may not take a write-ahead log.");
            (_identity, _keepsContent) = (status.Identity, keepsContent && status.Length > 0);
        }

        public bool IsInPlace => IsSame(out var isEmpty) && !(isEmpty && _keepsContent);

        public bool IsEmptied => IsSame(out var isEmpty) && isEmpty && _keepsContent;

        public bool IsGone => FileStatus.Of(_path) is null;

        public bool IsAnother => !IsGone && !IsSame(out _);

        private bool IsSame(out bool isEmpty)
        {
            var status = FileStatus.Of(_path);
            isEmpty = status is { Length: 0 };
            return status?.Identity == _identity;
        }
    }
}
