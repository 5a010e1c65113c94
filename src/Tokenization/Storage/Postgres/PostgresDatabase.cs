using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Copying;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// A PostgreSQL database. Writes go through one writer, as with SQLite; reads use separate connections, which are opened once and
/// reused. Several processes may serve the database: see docs/adr/0036-nodes.md.
/// </summary>
internal sealed partial class PostgresDatabase(IOptions<StorageOptions> options, TimeProvider clock, ILogger<PostgresDatabase> logger) : IDatabase, IAsyncDisposable
{
    /// <summary>The advisory lock of the writers' batches: an arbitrary number that no other program uses for a lock in this database.</summary>
    public const long LockOfWriters = 0x646F6A6F_77726974;

    /// <summary>The oldest supported server version. Older ones cannot tell the outcome of a commit whose answer was lost (<c>pg_xact_status</c> of <c>xid8</c>).</summary>
    public static readonly Version Oldest = new(14, 0);

    private const string OwnsTokensSql = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = CAST('setup_intents' AS regclass)";

    private const string IsHeldToNothingSql = """
        SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relforcerowsecurity)
           AND (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
        """;

    // More readers than processors: a reader waits for the server most of the time.
    private static readonly int s_readersAtOnce = Environment.ProcessorCount * 4;
    private static readonly int s_scansAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _readers = new(s_readersAtOnce);
    private readonly SemaphoreSlim _scans = new(s_scansAtOnce);
    private readonly FairTurns<AccountId> _scanTurns = new(s_scansAtOnce);
    private readonly WriterMetrics _metrics = new();
    private readonly ConcurrentBag<PostgresConnection> _idle = [];
    private NpgsqlDataSource? _source;
    private NpgsqlDataSource? _writing;
    private PostgresWriter? _writer;
    private string _version = "";
    private int _disposals;
    private volatile bool _hasDeleted = true;

    /// <inheritdoc/>
    public string EngineVersion => $"PostgreSQL {_version}";

    /// <inheritdoc/>
    public UnavailableException? Outage => _writer is { IsRunning: true } writer ? writer.Cause : new UnavailableException("The database is not open.");

    /// <inheritdoc/>
    public bool WasDisturbed => false;

    /// <inheritdoc/>
    public double WritesPerCommit => _metrics.WritesPerCommit;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public async Task<UnavailableException?> CheckAsync() =>
        _writer is { IsRunning: true } writer ? await WriterCheck.RunAsync(Outage, writer.SinceLastCommit, writer.ProbeAsync) : Outage;

    /// <inheritdoc/>
    public void Open(VaultUse use)
    {
        if (options.Value.PostgresFault is { } fault)
        {
            throw new StartRefusedException(fault);
        }

        try
        {
            LetThreadsBlock();
            var target = PostgresSettings.Of(options.Value.ConnectionString);
            _source = NpgsqlDataSource.Create(target);
            using var connection = _source.OpenConnection();
            _version = connection.PostgreSqlVersion.ToString();
            if (connection.PostgreSqlVersion < Oldest)
            {
                throw new StartRefusedException($"The database server has version {_version}; this program needs {Oldest.Major} or newer.");
            }

            UnfinishedCopy.RefuseIn(connection);
            if (use == VaultUse.Inspection)
            {
                PostgresSchema.Verify(connection);
                return;
            }

            PostgresSchema.Migrate(connection);
            if (use == VaultUse.Serving && connection.ExecuteScalar<bool>(IsHeldToNothingSql))
            {
                Log.IsHeldToNothing(logger);
            }

            _writing = NpgsqlDataSource.Create(PostgresSettings.OfWriter(target));
            _writer = new PostgresWriter(OpenToWrite, new CommitInDoubt(OpenToWrite, clock), options.Value.SynchronousCommit, _metrics, clock, logger);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StartRefusedException($"The database of Storage:ConnectionString cannot be opened. {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> FindFaults(DbConnection connection) => PostgresSchema.FindFaults(((PostgresConnection)connection).Inner);

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work)
    {
        var writer = _writer ?? throw new InvalidOperationException("The database is not open.");
        using var span = Activity.Current is { Recorded: true } ? VaultTelemetry.Begin("vault.write", ActivityKind.Client) : null;
        span?.SetTag("db.system.name", "postgresql");
        try
        {
            return await (HeldLease.Current is { } lease ? writer.WriteAsync(scope, connection => Under(lease, connection, work)) : writer.WriteAsync(scope, work));
        }
        catch (Exception exception)
        {
            span?.Fail(exception.GetType().Name);
            throw;
        }
    }

    /// <inheritdoc/>
    public void NoteDeletion() => _hasDeleted = true;

    /// <inheritdoc/>
    public async Task ForgetDeletedAsync()
    {
        if (!_hasDeleted || _source is null)
        {
            return;
        }

        // Cleared first, so that a deletion during the work is not missed, and set again if the work did not succeed.
        _hasDeleted = false;
        var isForgotten = false;
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            if (await connection.ExecuteScalarAsync<bool>(OwnsTokensSql)) // only the owner may vacuum; otherwise the server's autovacuum comes later
            {
                await using var vacuum = new NpgsqlCommand("VACUUM setup_intents", connection) { CommandTimeout = 0 };
                await vacuum.ExecuteNonQueryAsync();
            }

            isForgotten = true;
        }
        catch (NpgsqlException exception)
        {
            throw PostgresFaults.Told(exception);
        }
        finally
        {
            _hasDeleted |= !isForgotten;
        }
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => ReadAsync(_readers, scope, work, ct);

    /// <inheritdoc/>
    public async Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct)
    {
        await _scanTurns.WaitAsync(scope.Account, ct);
        try
        {
            return await ReadAsync(_scans, scope, work, ct);
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
            connection.Dispose();
        }

        foreach (var source in new[] { _source, _writing }.OfType<NpgsqlDataSource>())
        {
            await source.DisposeAsync();
        }

        _metrics.Dispose();
        _readers.Dispose();
        _scans.Dispose();
    }

    // A read blocks its thread until the server answers, and the answer arrives through the thread pool, which adds only a thread or two per second.
    private static void LetThreadsBlock()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + s_readersAtOnce + s_scansAtOnce), completions);
    }

    private static T Under<T>(HeldLease lease, DbConnection connection, Func<DbConnection, T> work)
    {
        PostgresNodes.Require(connection, lease);
        return work(connection);
    }

    private PostgresConnection OpenToWrite() => new(_writing!.OpenConnection());

    private PostgresConnection Open() => new((_source ?? throw new InvalidOperationException("The database is not open.")).OpenConnection());

    private async Task<T> ReadAsync<T>(SemaphoreSlim places, TenantScope scope, Func<DbConnection, T> work, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            // An idle connection may have lost its server meanwhile; a read can be repeated.
            return _idle.TryTake(out var idle) && TryRead(idle, scope, work, out var result) ? result : Read(Open(), scope, work);
        }
        catch (Exception exception) when (exception is not UnavailableException && PostgresFaults.Told(exception) is UnavailableException)
        {
            throw (UnavailableException)PostgresFaults.Told(exception);
        }
        finally
        {
            places.Release();
        }
    }

    private bool TryRead<T>(PostgresConnection idle, TenantScope scope, Func<DbConnection, T> work, out T result)
    {
        try
        {
            result = Read(idle, scope, work);
            return true;
        }
        catch (Exception exception) when (PostgresFaults.Told(exception) is UnavailableException)
        {
            result = default!;
            return false;
        }
    }

    private T Read<T>(PostgresConnection connection, TenantScope scope, Func<DbConnection, T> work)
    {
        try
        {
            (connection.Scope, connection.FollowsIndexOrder) = (scope, false);
            var result = work(connection);
            _idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose(); // it may be in the middle of an answer or a transaction
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1308, LogLevel.Warning, "The user of Storage:ConnectionString is a superuser or has BYPASSRLS, so row-level security does not keep tenants apart. Serve as a member of dojo_pci_app.")]
        public static partial void IsHeldToNothing(ILogger logger);
    }
}
