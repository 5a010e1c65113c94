using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Copying;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The SQLite database. All writes go through one writer (DESIGN D16); reads use separate connections, and their number is limited so that
/// they do not starve the writer.
/// </summary>
internal sealed class SqliteDatabase(IOptions<StorageOptions> options, SqliteEngine engine, TimeProvider clock, ILogger<SqliteDatabase> logger)
    : IDatabase, IAsyncDisposable
{
    private readonly SemaphoreSlim _readers = new(Environment.ProcessorCount * 2);
    private readonly ScanGate _scans = new();
    private readonly FairTurns<AccountId> _scanTurns = new(ScanGate.PlaceCount);
    private readonly WriterMetrics _metrics = new();

    // Reading connections are opened once and reused; there are as many as have ever read at once.
    private readonly ConcurrentBag<PreparingConnection> _idle = [];
    private InspectedFile? _inspected;
    private FileStream? _lock;
    private SqliteConnections? _connections;
    private DatabaseFiles? _files;
    private SqliteWriter? _writer;
    private WriterOutage? _outage;
    private int _disposals;

    // Initially true: the previous process may have been killed between a deletion and the erasure of its bytes.
    private volatile bool _hasDeleted = true;

    /// <summary>The path of the database file.</summary>
    public string FilePath => options.Value.SqliteFile;

    /// <inheritdoc/>
    public string EngineVersion => $"SQLite {engine.Version}";

    /// <inheritdoc/>
    public UnavailableException? Outage => _writer is { IsRunning: true } ? _outage!.Cause : new UnavailableException("The database is not open.");

    /// <inheritdoc/>
    public async Task<UnavailableException?> CheckAsync() =>
        _writer is { IsRunning: true } writer ? await WriterCheck.RunAsync(Outage, writer.SinceLastCommit, writer.ProbeAsync) : Outage;

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
    public double WritesPerCommit => _metrics.WritesPerCommit;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public bool WasDisturbed => _inspected is { WasDisturbed: true };

    /// <inheritdoc/>
    public IEnumerable<string> FindFaults(DbConnection connection) => SqliteIntegrity.FindFaults((SqliteConnection)connection);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work)
    {
        var writer = _writer ?? throw new InvalidOperationException("The database is not open.");
        return Activity.Current is { Recorded: true } ? TraceAsync(writer, work) : writer.WriteAsync(work);
    }

    /// <inheritdoc/>
    public void NoteDeletion() => _hasDeleted = true;

    /// <inheritdoc/>
    public async Task ForgetDeletedAsync()
    {
        if (_hasDeleted && _writer is not null)
        {
            // Cleared first, so that a deletion during the work is not missed, and set again if the work did not succeed.
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
    public Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => ReadAsync(_readers, work, ct);

    /// <inheritdoc/>
    public async Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct)
    {
        await _scanTurns.WaitAsync(scope.Account, ct);
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
        // This is registered under two interfaces, so it is disposed once for each.
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
        _metrics.Dispose();
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
            UnfinishedCopy.RefuseIn(reader);
            return;
        }

        PrivateFiles.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        _lock = use == VaultUse.Serving ? SqliteFile.TakeLock(FilePath) : null;
        SqliteFile.CreateIfMissing(FilePath);
        _connections = new SqliteConnections(SqliteConnections.TargetOf(FilePath), mayTouchLog: () => _files is null || _files.Look() == Displacement.None);
        var connection = _connections.OpenForWriting();
        try
        {
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle!, "main") == 1)
            {
                throw new IOException("It is read-only.");
            }

            UnfinishedCopy.RefuseIn(connection);
            SchemaMigrator.Migrate(connection);

            // A killed process may have left a long log, which would reach its limit too soon.
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
        _writer = new SqliteWriter(connection, _outage, checkpointer, _metrics, clock);
    }

    // The span runs from the queue to the answer: it covers the wait for the writer and the commit shared with other work.
    private static async Task<T> TraceAsync<T>(SqliteWriter writer, Func<DbConnection, T> work)
    {
        using var span = VaultTelemetry.Begin("vault.write", ActivityKind.Client);
        span?.SetTag("db.system.name", "sqlite");
        try
        {
            return await writer.WriteAsync(work);
        }
        catch (Exception exception)
        {
            span?.Fail(exception.GetType().Name);
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(SemaphoreSlim places, Func<DbConnection, T> work, CancellationToken ct)
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

    private T Read<T>(Func<DbConnection, T> work)
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
            connection.Dispose(); // its state is unknown
            throw;
        }
    }

    // A connection is opened by path, and by now another database may be there. So the files are checked before anything is read.
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
}
