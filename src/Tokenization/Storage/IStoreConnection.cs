using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the connections of each engine can do beyond ADO.NET. Every connection that a store is given is one.</summary>
internal interface IStoreConnection
{
    /// <summary>The statement, prepared when it is asked for the first time.</summary>
    PreparedStatement Prepare(string sql);

    /// <summary>What work that shares a commit has in common, on a connection of the writer.</summary>
    CommitStates CommitStates { get; }

    /// <summary>Whose rows its statements see and write, where the engine has row-level security.</summary>
    TenantScope Scope { get; set; }

    /// <summary>Whether tokens are found by an index that is written behind them, in segments (docs/adr/0012-token-search.md); where not, by indexes of their own.</summary>
    bool IsIndexedBehind { get; }

    /// <summary>Whether what is asked next is the beginning of a list whose order an index has, so that the engine goes along that. Until the connection is given back.</summary>
    bool FollowsIndexOrder { get; set; }

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

    /// <summary>Has another scope until it is disposed: for what a piece of work of one tenant does for others that share its commit, or for the service.</summary>
    public static IDisposable InScope(this DbConnection connection, TenantScope scope) => new OtherScope((IStoreConnection)connection, scope);

    /// <summary>Has the engine go along an index that has the order of what is asked next (<see cref="IStoreConnection.FollowsIndexOrder"/>).</summary>
    public static void FollowIndexOrder(this DbConnection connection) => ((IStoreConnection)connection).FollowsIndexOrder = true;

    /// <inheritdoc cref="IStoreConnection.IsIndexedBehind"/>
    public static bool IsIndexedBehind(this DbConnection connection) => ((IStoreConnection)connection).IsIndexedBehind;

    /// <inheritdoc cref="IStoreConnection.BeginSnapshot"/>
    public static IDisposable BeginSnapshot(this DbConnection connection) => ((IStoreConnection)connection).BeginSnapshot();

    private sealed class OtherScope : IDisposable
    {
        private readonly IStoreConnection _connection;
        private readonly TenantScope _before;

        public OtherScope(IStoreConnection connection, TenantScope scope)
        {
            (_connection, _before) = (connection, connection.Scope);
            connection.Scope = scope;
        }

        public void Dispose() => _connection.Scope = _before;
    }
}
