using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The SQLite file. All writes go through one writer (DESIGN D16); reads have connections of their own, and there are never so many
/// at once that they starve it.
/// </summary>
internal sealed class SqliteDatabase(IOptions<StorageOptions> options, SqliteEngine engine, TimeProvider clock, ILogger<SqliteDatabase> logger)
    : IDatabase, IAsyncDisposable
{
    /// <summary>The SQL function that folds a text as it is looked for: <see cref="FoldedText"/>. Every connection from here has it.</summary>
    public const string FoldFunction = "fold";

    // Anyone who watches learns of an outage within two seconds: the sum of both is less.
    private static readonly TimeSpan s_provenFor = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1250);

    // How systems say that another process has locked the file: EWOULDBLOCK of Linux and of the BSDs, ERROR_SHARING_VIOLATION.
    private const int WouldBlock = 11;
    private const int WouldBlockOnBsd = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly SemaphoreSlim _readers = new(Environment.ProcessorCount * 2);
    private readonly ScanGate _scans = new();
    private readonly FairTurns<AccountId> _scanTurns = new(ScanGate.PlaceCount);

    // Readers are opened once and used again: as many as ever read at once.
    private readonly ConcurrentBag<PreparingConnection> _idle = [];
    private InspectedFile? _inspected;
    private FileStream? _lock;
    private SqliteConnections? _connections;
    private DatabaseFiles? _files;
    private SqliteWriter? _writer;
    private WriterOutage? _outage;
    private int _disposals;

    // True from the start: the process before this one may have been killed between a deletion and its forgetting.
    private volatile bool _hasDeleted = true;

    /// <summary>The path of the database file.</summary>
    public string FilePath => options.Value.SqliteFile;

    /// <inheritdoc/>
    public string EngineVersion => $"SQLite {engine.Version}";

    /// <inheritdoc/>
    public UnavailableException? Outage => _writer is { IsRunning: true } ? _outage!.Cause : new UnavailableException("The database is not open.");

    /// <inheritdoc/>
    public async Task<UnavailableException?> CheckAsync()
    {
        if (_writer is not { IsRunning: true } writer || (Outage is null && writer.SinceLastCommit < s_provenFor))
        {
            return Outage;
        }

        try
        {
            await writer.ProbeAsync().WaitAsync(s_patience);
            return null;
        }
        catch (UnavailableException outage)
        {
            return outage;
        }
        catch (TimeoutException)
        {
            return new UnavailableException("The database does not take anything in time.");
        }
    }

    /// <inheritdoc/>
    public void Open(VaultUse use)
    {
        if ((engine.Fault ?? options.Value.SqliteFault) is { } fault)
        {
            throw new StartRefusedException(fault);
        }

        try
        {
            OpenFile(use);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The database {FilePath} cannot be opened. {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public bool WasDisturbed => _inspected is { WasDisturbed: true };

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work) =>
        (_writer ?? throw new InvalidOperationException("The database is not open.")).WriteAsync(work);

    /// <inheritdoc/>
    public void NoteDeletion() => _hasDeleted = true;

    /// <inheritdoc/>
    public async Task ForgetDeletedAsync()
    {
        if (_hasDeleted && _writer is not null)
        {
            // Taken back at once, so that what is deleted meanwhile is not overlooked, and noted again where it did not succeed.
            _hasDeleted = false;
            var isForgotten = false;
            try
            {
                isForgotten = await _writer.RunBetweenBatchesAsync(Checkpointer.EmptyLog);
            }
            finally
            {
                _hasDeleted |= !isForgotten;
            }
        }
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken ct) => ReadAsync(_readers, work, ct);

    /// <inheritdoc/>
    public async Task<T> ScanAsync<T>(AccountId account, Func<SqliteConnection, T> work, CancellationToken ct)
    {
        await _scanTurns.WaitAsync(account, ct);
        try
        {
            await _scans.WaitUntilOpenAsync(ct);
            return await ReadAsync(_scans.Places, work, ct);
        }
        finally
        {
            _scanTurns.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Known under two interfaces, this is disposed once for each.
        if (Interlocked.Exchange(ref _disposals, 1) == 1)
        {
            return;
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }

        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync();
        }

        _lock?.Dispose();
        _readers.Dispose();
        _scans.Dispose();
    }

    private void OpenFile(VaultUse use)
    {
        if (use == VaultUse.Inspection)
        {
            _inspected = new InspectedFile(FilePath);
            _connections = new SqliteConnections(_inspected.ConnectionString, mayTouchLog: () => true);
            using var reader = OpenForReading();
            SchemaMigrator.Verify(reader);
            return;
        }

        PrivateFiles.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        _lock = use == VaultUse.Serving ? TakeLock() : null;
        if (!File.Exists(FilePath))
        {
            // Made here rather than by SQLite, which would let the umask decide who may read it. The files that SQLite puts
            // beside it take over its mode.
            try
            {
                PrivateFiles.Create(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite).Dispose();
            }
            catch (IOException) when (File.Exists(FilePath))
            {
                // Another process that starts on the empty directory has just made it, in the same way.
            }
        }

        _connections = new SqliteConnections(SqliteConnections.TargetOf(FilePath), mayTouchLog: () => _files is null || _files.Look() == Displacement.None);
        var connection = _connections.OpenForWriting();
        try
        {
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle!, "main") == 1)
            {
                throw new IOException("It is read-only.");
            }

            SchemaMigrator.Migrate(connection);

            // What a killed process has left: a log that is long already would come up to its limit too soon.
            BusyWait.Within(connection, TimeSpan.Zero, () => Checkpointer.TryEmptyLog(connection));
            _files = new DatabaseFiles(FilePath, _lock?.Name);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        var checkpointer = new Checkpointer(_connections.OpenForWriting, _files.LogPath, _scans);
        _outage = new WriterOutage(_files, options.Value.LargestLogMegabytes * 1024L * 1024L, checkpointer, logger);
        _writer = new SqliteWriter(connection, _outage, checkpointer, clock);
    }

    private async Task<T> ReadAsync<T>(SemaphoreSlim places, Func<SqliteConnection, T> work, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            ThrowIfDisplaced(_files?.Found);
            return Read(work);
        }
        catch (SqliteException exception)
        {
            throw SqliteFaults.ToUnavailable(exception);
        }
        finally
        {
            places.Release();
        }
    }

    private T Read<T>(Func<SqliteConnection, T> work)
    {
        var connection = _idle.TryTake(out var idle) ? idle : OpenForReading();
        try
        {
            var result = work(connection);
            _idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose(); // what it was left in
            throw;
        }
    }

    // A connection is opened by path, where by now another database may be. So it is looked at before anything is read.
    private PreparingConnection OpenForReading()
    {
        var connection = (_connections ?? throw new InvalidOperationException("The database is not open.")).OpenForReading();
        try
        {
            ThrowIfDisplaced(_files?.Look());
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void ThrowIfDisplaced(Displacement? displacement)
    {
        if (displacement is { } displaced and not Displacement.None)
        {
            throw DatabaseFiles.Unavailable(displaced);
        }
    }

    // One serving process per file: it counts internal ids in memory.
    private FileStream TakeLock()
    {
        var file = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(Path.ChangeExtension(FilePath, ".lock"), file);
        }
        catch (IOException taken) when (taken.HResult is WouldBlock or WouldBlockOnBsd or SharingViolation)
        {
            throw new StartRefusedException($"Another process is using {Path.GetDirectoryName(FilePath)}.");
        }
    }
}
