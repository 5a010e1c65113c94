using System.Data.Common;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the stores need from a database engine.</summary>
internal interface IDatabase : IErasure
{
    /// <summary>The engine and its version, such as <c>SQLite 3.53.4</c>.</summary>
    string EngineVersion { get; }

    /// <summary>The known reason why the database cannot be written; null when there is none. Reading it costs nothing.</summary>
    UnavailableException? Outage { get; }

    /// <summary>
    /// Finds out why the database cannot be written; null when it can. If nothing was committed in the last half second, a write is tried that changes
    /// nothing. Answers within a second and a quarter.
    /// </summary>
    Task<UnavailableException?> CheckAsync();

    /// <summary>The recent average number of pieces of work in a commit; it is high when many wait at once.</summary>
    double WritesPerCommit { get; }

    /// <summary>Creates what is missing and brings the schema up to date. For <see cref="VaultUse.Inspection"/> it does neither, and writes nothing.</summary>
    /// <exception cref="StartRefusedException">Another process serves the database, the database is newer than this program, or the engine is too old to be safe.</exception>
    void Open(VaultUse use);

    /// <summary>Whether several processes may serve the database at the same time.</summary>
    bool IsShared { get; }

    /// <summary>Whether another program has opened the database since it was opened for inspection in the belief that no program had it open.</summary>
    bool WasDisturbed { get; }

    /// <summary>Finds faults of the database itself: damaged pages, dangling references, a changed schema. Empty if it is sound.</summary>
    /// <param name="connection">A connection from <see cref="ScanAsync"/>.</param>
    IEnumerable<string> FindFaults(DbConnection connection);

    /// <summary>
    /// Runs the work in a transaction and completes once it is on disk. Work that throws leaves nothing behind, and does not disturb other work that
    /// shares its commit. To that end the work may be rolled back and run a second time, so it must do nothing but use the connection. Any other effect has to
    /// happen after the task completes; <see cref="NoteDeletion"/> is the exception, because repeating it does no harm.
    /// </summary>
    /// <param name="scope">The rows that the work may see and write.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="UnavailableException">The queue is full, or the database cannot be written. Nothing was stored.</exception>
    /// <exception cref="Nodes.LeaseLostException">Another node has taken over the lease of the work (<see cref="Nodes.HeldLease"/>). Nothing was stored.</exception>
    Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work);

    /// <summary>Notes that data was deleted of which no byte may remain, so <see cref="IErasure.ForgetDeletedAsync"/> has work to do.</summary>
    void NoteDeletion();

    /// <summary>Runs a query.</summary>
    /// <param name="scope">The rows that the query may see.</param>
    /// <param name="work">The query.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="UnavailableException">The database cannot be read, or its files are not where they were opened.</exception>
    Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct);

    /// <summary>
    /// Runs a query that may scan a very large number of rows. Few of these run at once, so that they leave processor time for small queries.
    /// Accounts take turns: an account with many scans waits behind its own.
    /// </summary>
    /// <param name="scope">The rows that the query may see, and the account whose turn it takes.</param>
    /// <param name="work">The query.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="UnavailableException">The database cannot be read, or its files are not where they were opened.</exception>
    Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct);
}
