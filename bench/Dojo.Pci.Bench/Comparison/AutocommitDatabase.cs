using System.Data.Common;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Bench.Comparison;

/// <summary>
/// What most people write first for PostgreSQL: a pooled connection and a commit for each piece of work. Many run at once, and the server groups
/// their syncs as well as it can. Statements whose result nobody needs share a round trip, which is more than most implementations do.
/// </summary>
internal sealed class AutocommitDatabase : ComparedDatabase, IAsyncDisposable
{
    // One for each waiting caller: each blocks a thread until the server has answered.
    private const int Threads = 128;

    private readonly NpgsqlDataSource _source;

    public AutocommitDatabase(PostgresDatabase reads, IOptions<StorageOptions> options)
        : base(reads)
    {
        _source = NpgsqlDataSource.Create(options.Value.ConnectionString);
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), completions);
    }

    public override Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work)
    {
        try
        {
            using var connection = new PostgresConnection(_source.OpenConnection()) { Scope = scope };
            using var transaction = connection.Inner.BeginTransaction();
            var result = work(connection);
            connection.CommitStates.Finish(connection);
            connection.Later.Send();
            transaction.Commit();
            return Task.FromResult(result);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw PostgresFaults.Told(exception);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
