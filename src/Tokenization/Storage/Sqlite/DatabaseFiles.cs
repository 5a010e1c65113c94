using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>How the files at a database's paths differ from the files that are open.</summary>
internal enum Displacement
{
    /// <summary>The files are the same.</summary>
    None,

    /// <summary>The database's path has no file or another file: the file or a directory above it was removed, moved or replaced.</summary>
    Database,

    /// <summary>The database's file is empty: another program has overwritten it.</summary>
    Emptied,

    /// <summary>The database is in place, but its write-ahead log or the log's index is missing or another file.</summary>
    Log,

    /// <summary>The lock file is missing or another file: a second process may be serving the same database.</summary>
    Lock,
}

/// <summary>
/// The files of an open database, and whether they are still the files at their paths. A process can keep using open files after they were removed
/// or moved, and would then acknowledge writes that can never be found again. The identities of the files are recorded when they are opened, and
/// compared by device and inode.
/// </summary>
/// <remarks>
/// A database that returns to its path is complete if its log, index and lock return too: any process that wrote to it meanwhile had to share
/// them. No other displacement can be undone while the process runs, so it is permanent. Overwriting the files in place is not noticed, unless it
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

    /// <summary>Records the identities. Create this while a connection is open that has read: only then do all of the files exist.</summary>
    /// <param name="database">The database's path.</param>
    /// <param name="lockFile">The path of the lock file if this process holds the lock; otherwise null.</param>
    public DatabaseFiles(string database, string? lockFile)
    {
        // SQLite follows links, and puts its log next to the real file.
        var real = File.ResolveLinkTarget(database, returnFinalTarget: true)?.FullName ?? database;
        (DatabasePath, LogPath) = (database, real + "-wal");
        (_database, _log, _index) = (new OpenedFile(database, keepsContent: true), new OpenedFile(LogPath), new OpenedFile(real + "-shm"));
        _lock = lockFile is null ? null : new OpenedFile(lockFile);
    }

    /// <summary>The path at which the database was opened.</summary>
    public string DatabasePath { get; }

    /// <summary>The path of its write-ahead log.</summary>
    public string LogPath { get; }

    /// <summary>The result of the last check. Reading it costs nothing.</summary>
    public Displacement Found => _found;

    /// <summary>Whether the log is gone and no process can have started another, so that its contents can still be moved into the database.</summary>
    public bool LogCanBeMoved => _log.IsGone && !_index.IsAnother && _database.IsInPlace;

    /// <summary>Checks all files now, which takes some microseconds. Thread-safe.</summary>
    public Displacement Look()
    {
        var found = _forGood == Displacement.None ? Find() : _forGood;
        if (found is not (Displacement.None or Displacement.Database))
        {
            _forGood = found;
        }

        return _found = found;
    }

    /// <summary>Checks only the files that hold a commit, the database and its log, at half the cost while they are in place.</summary>
    public Displacement LookAtCommitted() => _found == Displacement.None && _database.IsInPlace && _log.IsInPlace ? Displacement.None : Look();

    /// <summary>The exception for callers; its message names no file.</summary>
    public static UnavailableException Unavailable(Displacement displacement) => new(displacement switch
    {
        Displacement.Log => "The log of the database was removed.",
        Displacement.Lock => "The lock of the database was removed.",
        _ => "The database is no longer where it was opened.",
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

        // If a directory is moved between two checks, all of the files move with it.
        return !_database.IsInPlace ? Displacement.Database
            : _log.IsInPlace && _index.IsInPlace ? Displacement.Lock
            : Displacement.Log;
    }

    /// <summary>The path of a file, and the file's identity when it was opened.</summary>
    private sealed class OpenedFile
    {
        private readonly byte[] _path;
        private readonly FileIdentity _identity;
        private readonly bool _keepsContent;

        /// <param name="path">The path of the file.</param>
        /// <param name="keepsContent">Whether the file never becomes empty once it has content.</param>
        public OpenedFile(string path, bool keepsContent = false)
        {
            _path = FileStatus.Encode(path);
            var status = FileStatus.Of(_path) ?? throw new IOException($"{path} is missing: this file system may not support a write-ahead log.");
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
