using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the connections of each engine offer beyond ADO.NET. Every connection that a store receives implements it.</summary>
internal interface IStoreConnection
{
    /// <summary>Gets a statement, which is prepared at the first request for it.</summary>
    PreparedStatement Prepare(string sql);

    /// <summary>The state that work in one commit shares, on a connection of the writer.</summary>
    CommitStates CommitStates { get; }

    /// <summary>The rows that the connection's statements see and write, if the engine has row-level security.</summary>
    TenantScope Scope { get; set; }

    /// <summary>Whether tokens are found by an index that is written later, in segments (docs/adr/0012-token-search.md); if not, ordinary indexes find them.</summary>
    bool IsIndexedBehind { get; }

    /// <summary>
    /// Whether the next query reads the beginning of a list in the order of an index, so that the engine should follow that index. Lasts until the
    /// connection is returned.
    /// </summary>
    bool FollowsIndexOrder { get; set; }

    /// <summary>Begins a transaction that reads one state of the database and ends when the result is disposed.</summary>
    IDisposable BeginSnapshot();
}

/// <summary>The members of <see cref="IStoreConnection"/> for stores, which receive an ADO.NET connection.</summary>
internal static class StoreConnectionExtensions
{
    /// <inheritdoc cref="IStoreConnection.Prepare"/>
    public static PreparedStatement Prepared(this DbConnection connection, string sql) => ((IStoreConnection)connection).Prepare(sql);

    /// <inheritdoc cref="IStoreConnection.CommitStates"/>
    public static CommitStates CommitStates(this DbConnection connection) => ((IStoreConnection)connection).CommitStates;

    /// <summary>Uses another scope until the result is disposed: for what one tenant's work does for other work in its commit, or for the service.</summary>
    public static IDisposable InScope(this DbConnection connection, TenantScope scope) => new OtherScope((IStoreConnection)connection, scope);

    /// <summary>Makes the engine follow an index that has the order of the next query (<see cref="IStoreConnection.FollowsIndexOrder"/>).</summary>
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
