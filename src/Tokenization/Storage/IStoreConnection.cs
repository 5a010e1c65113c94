using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the connections of each engine can do beyond ADO.NET. Every connection that a store is given is one.</summary>
internal interface IStoreConnection
{
    /// <summary>The statement, prepared when it is asked for the first time.</summary>
    PreparedStatement Prepare(string sql);

    /// <summary>What work that shares a commit has in common, on a connection of the writer.</summary>
    CommitStates CommitStates { get; }

    /// <summary>Begins a transaction that reads one state of the database, and ends when it is disposed.</summary>
    IDisposable BeginSnapshot();
}

/// <summary>The same, for stores, which are given a connection of ADO.NET.</summary>
internal static class StoreConnectionExtensions
{
    /// <inheritdoc cref="IStoreConnection.Prepare"/>
    public static PreparedStatement Prepared(this DbConnection connection, string sql) => ((IStoreConnection)connection).Prepare(sql);

    /// <inheritdoc cref="IStoreConnection.CommitStates"/>
    public static CommitStates CommitStates(this DbConnection connection) => ((IStoreConnection)connection).CommitStates;

    /// <inheritdoc cref="IStoreConnection.BeginSnapshot"/>
    public static IDisposable BeginSnapshot(this DbConnection connection) => ((IStoreConnection)connection).BeginSnapshot();
}
