using System.Data.Common;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Bench.Comparison;

/// <summary>A database that reads as the product does and writes in another way that is equally durable.</summary>
internal abstract class ComparedDatabase(IDatabase reads) : IDatabase
{
    public string EngineVersion => reads.EngineVersion;

    public UnavailableException? Outage => reads.Outage;

    public Task<UnavailableException?> CheckAsync() => reads.CheckAsync();

    public void Open(VaultUse use) => reads.Open(use);

    public bool WasDisturbed => reads.WasDisturbed;

    public bool IsShared => reads.IsShared;

    public double WritesPerCommit => 1;

    public IEnumerable<string> FindFaults(DbConnection connection) => reads.FindFaults(connection);

    public Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => reads.ReadAsync(scope, work, ct);

    public Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => reads.ScanAsync(scope, work, ct);

    public void NoteDeletion() => reads.NoteDeletion();

    public Task ForgetDeletedAsync() => reads.ForgetDeletedAsync();

    /// <exception cref="UnavailableException">The database cannot be written to. Nothing was stored.</exception>
    public abstract Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work);
}

/// <summary>The same for SQLite.</summary>
internal abstract class ComparedSqlite(SqliteDatabase reads) : ComparedDatabase(reads)
{
    /// <summary>A connection with the defaults of the driver and of SQLite, which sync at each commit.</summary>
    protected PreparingConnection OpenConnection()
    {
        var connection = new PreparingConnection(new SqliteConnectionStringBuilder { DataSource = reads.FilePath }.ToString());
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = "PRAGMA synchronous = FULL";
        settings.ExecuteNonQuery();
        return connection;
    }

    protected static T Commit<T>(SqliteConnection connection, Func<DbConnection, T> work)
    {
        try
        {
            connection.CommitStates().Drop(); // left over from work that failed
            using var transaction = connection.BeginTransaction();
            var result = work(connection);
            connection.CommitStates().Finish(connection);
            transaction.Commit();
            return result;
        }
        catch (SqliteException exception)
        {
            throw SqliteFaults.ToUnavailable(exception);
        }
    }
}

/// <summary>What most people write first: a pooled connection and a transaction for each piece of work. SQLite admits one writer at a time.</summary>
internal sealed class NaiveDatabase(SqliteDatabase reads) : ComparedSqlite(reads)
{
    public override Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work)
    {
        using var connection = OpenConnection();
        return Task.FromResult(Commit(connection, work));
    }
}

/// <summary>What they write next: one open connection that all callers take in turn, so that none fails, and a commit for each piece of work.</summary>
internal sealed class GatedDatabase(SqliteDatabase reads) : ComparedSqlite(reads), IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private PreparingConnection? _connection;

    public override async Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return Commit(_connection ??= OpenConnection(), work);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _turn.Dispose();
    }
}
