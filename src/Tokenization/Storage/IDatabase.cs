using System.Data.Common;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the stores need of an engine.</summary>
internal interface IDatabase : IErasure
{
    /// <summary>The engine and its version, such as <c>SQLite 3.53.4</c>.</summary>
    string EngineVersion { get; }

    /// <summary>What keeps it from being written, as far as is known; null when nothing does. Costs nothing.</summary>
    UnavailableException? Outage { get; }

    /// <summary>
    /// What keeps it from being written; null when nothing does. Where nothing was written for half a second it is tried, by writing
    /// a page that changes nothing; it answers within a second and a quarter.
    /// </summary>
    Task<UnavailableException?> CheckAsync();

    /// <summary>How many pieces of work a commit has taken lately, on average: many where many wait at once.</summary>
    double WritesPerCommit { get; }

    /// <summary>Creates what is missing and brings the schema up to date; for <see cref="VaultUse.Inspection"/> does neither, and writes nothing.</summary>
    /// <exception cref="StartRefusedException">The database is in use by another process that serves, newer than this program, or the engine is too old to be trusted with it.</exception>
    void Open(VaultUse use);

    /// <summary>Whether other processes may serve it at the same time.</summary>
    bool IsShared { get; }

    /// <summary>Whether a program has opened the database since it was opened for inspection as one that none has open.</summary>
    bool WasDisturbed { get; }

    /// <summary>Finds faults of the database itself: damaged pages, dangling references, a changed schema. Empty if it is sound.</summary>
    /// <param name="connection">One that <see cref="ScanAsync"/> gives.</param>
    IEnumerable<string> FindFaults(DbConnection connection);

    /// <summary>
    /// Runs the work in a transaction and answers once it is on disk. Work that throws leaves nothing behind, and does not
    /// disturb other work that shares its commit. For that the work may be undone and run a second time, so it does nothing but
    /// use the connection: anything else (<see cref="NoteDeletion"/> aside, which bears repeating) has to happen after the answer.
    /// </summary>
    /// <param name="scope">Whose rows it may see and write.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="UnavailableException">The queue is full, or the database cannot be written. Nothing was stored.</exception>
    /// <exception cref="Nodes.LeaseLostException">Another node does by now what this was part of (<see cref="Nodes.HeldLease"/>). Nothing was stored.</exception>
    Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work);

    /// <summary>Notes that something was deleted of which no byte may remain: <see cref="IErasure.ForgetDeletedAsync"/> has work to do.</summary>
    void NoteDeletion();

    /// <summary>Runs a query.</summary>
    /// <param name="scope">Whose rows it may see.</param>
    /// <param name="work">The query.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="UnavailableException">The database cannot be read, or its files are not where they were opened.</exception>
    Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct);

    /// <summary>
    /// Runs a query that may have to look at very many rows. Few of these run at once, so that they leave the processor to those
    /// who want little. Accounts take turns: one that asks for many waits behind its own.
    /// </summary>
    /// <param name="scope">Whose rows it may see, and for whom it is.</param>
    /// <param name="work">The query.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="UnavailableException">The database cannot be read, or its files are not where they were opened.</exception>
    Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct);
}
