using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>The nodes of a PostgreSQL database. Each write sees all earlier commits, so two nodes never take the same lease or slot.</summary>
internal sealed class PostgresNodes(IDatabase database) : INodeStore
{
    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)";

    // A node reports every two seconds that it is alive.
    private const string SilentSql = $"seen_at < {Now} - 10000000";

    // The search starts at a random slot, so that the slot of a node presumed dead is rarely reassigned while that node still numbers records by it.
    private static readonly string s_joinSql = $"""
        INSERT INTO nodes (slot, name, joined_at, seen_at)
        SELECT slot, @name, {Now}, {Now}
          FROM generate_series(0, {Node.Most - 1}) AS free(slot)
         WHERE slot NOT IN (SELECT slot FROM nodes)
         ORDER BY mod(slot + @hint, {Node.Most})
         LIMIT 1
        RETURNING id, slot
        """;

    private const string RemoveSilentSql = $"DELETE FROM nodes WHERE {SilentSql} AND id <> @node";

    private const string RenewSql = $"UPDATE nodes SET seen_at = {Now} WHERE id = @node";

    private const string ForgetMessagesSql = $"DELETE FROM node_messages WHERE sent_at < {Now} - 60000000";

    private const string HolderSql = """
        SELECT node_id, fence, EXISTS (SELECT 1 FROM nodes WHERE id = node_id) FROM leases WHERE name = @name
        """;

    private const string TakeSql = """
        INSERT INTO leases (name, node_id, fence)
        SELECT @name, id, 1 FROM nodes WHERE id = @node
        ON CONFLICT (name) DO UPDATE SET node_id = excluded.node_id, fence = leases.fence + 1
         WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE id = leases.node_id)
        RETURNING fence
        """;

    private const string IsCurrentSql = "SELECT EXISTS (SELECT 1 FROM leases WHERE name = @Name AND fence = @Fence)";

    public bool IsShared => database.IsShared;

    public Task<(long Id, int Slot, long LastMessage)> JoinAsync(string name) => database.WriteAsync(TenantScope.Service, connection =>
    {
        connection.Execute(RemoveSilentSql, new { node = 0L });
        var hint = RandomNumberGenerator.GetInt32(Node.Most);
        var joined = connection.Query<(long Id, int Slot)>(s_joinSql, new { name, hint }).AsList();
        return joined is [var (id, slot)]
            ? (id, slot, connection.ExecuteScalar<long>("SELECT COALESCE(MAX(id), 0) FROM node_messages"))
            : throw new StartRefusedException($"The database is already served by {Node.Most} processes, the maximum.");
    });

    public Task<int?> RenewAsync(long node) => database.WriteAsync(TenantScope.Service, connection =>
    {
        var isThere = connection.Execute(RenewSql, new { node }) == 1;
        connection.Execute(RemoveSilentSql, new { node });
        connection.Execute(ForgetMessagesSql);
        return isThere ? connection.ExecuteScalar<int>("SELECT COUNT(*) FROM nodes") : (int?)null;
    });

    public Task LeaveAsync(long node) => database.WriteAsync(TenantScope.Service, connection => connection.Execute("DELETE FROM nodes WHERE id = @node", new { node }));

    public async Task<HeldLease?> TryTakeAsync(string name, long node, CancellationToken ct)
    {
        var holders = await database.ReadAsync(TenantScope.Service, connection => connection.Query<(long Node, long Fence, bool IsThere)>(HolderSql, new { name }).AsList(), ct);
        if (holders is [{ IsThere: true } holder])
        {
            return holder.Node == node ? new HeldLease(name, holder.Fence) : null;
        }

        return await database.WriteAsync(TenantScope.Service, connection => connection.Query<long>(TakeSql, new { name, node }).AsList()) is [var fence] ? new HeldLease(name, fence) : null;
    }

    public Task SendAsync(long node, string body) => database.WriteAsync(
        TenantScope.Service,
        connection => connection.Execute($"INSERT INTO node_messages (node_id, sent_at, body) VALUES (@node, {Now}, @body)", new { node, body }));

    public Task<IReadOnlyList<(long Id, string Body)>> ReceiveAsync(long node, long after, CancellationToken ct) => database.ReadAsync<IReadOnlyList<(long, string)>>(
        TenantScope.Service,
        connection => connection.Query<(long, string)>("SELECT id, body FROM node_messages WHERE id > @after AND node_id <> @node ORDER BY id", new { node, after }).AsList(), ct);

    /// <summary>Within a transaction: throws if another node has taken over a lease.</summary>
    /// <exception cref="LeaseLostException">Another node has taken over the lease.</exception>
    public static void Require(DbConnection connection, HeldLease lease)
    {
        if (!connection.ExecuteScalar<bool>(IsCurrentSql, lease))
        {
            throw new LeaseLostException(lease.Name);
        }
    }
}
