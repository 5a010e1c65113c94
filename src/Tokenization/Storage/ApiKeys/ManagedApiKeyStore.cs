using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

internal sealed class ManagedApiKeyStore(IDatabase database) : IManagedApiKeyStore
{
    private const string SelectSql = $"""
        SELECT {ApiKeyRow.Columns}, k.created_by AS CreatedBy, m.name AS CreatedByName, k.revoked_at AS RevokedAt, k.successor_id AS SuccessorId,
               (SELECT p.id FROM api_keys p WHERE p.successor_id = k.id) AS PredecessorId, k.last_used_at AS LastUsedAt, k.last_used_from AS LastUsedFrom
          FROM api_keys k
          LEFT JOIN members m ON m.account_id = k.account_id AND k.created_by = 'member:' || m.id
         WHERE k.account_id = @account AND k.location_id = @location AND k.environment = @environment
        """;

    private const string ListSql = $"{SelectSql} ORDER BY k.id DESC";

    private const string FindSql = $"{SelectSql} AND k.id = @id";

    private const string HasFormSql = "SELECT EXISTS (SELECT 1 FROM api_keys WHERE account_id = @account AND form_id = @formId)";

    private const string UpdateSql = """
        UPDATE api_keys
           SET name = @name, scopes = @scopes, allowed_networks = @networks, expires_at = @expiresAt, retires_at = @retiresAt,
               revoked_at = @revokedAt, successor_id = @successor
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @id
        """;

    public Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<ManagedApiKey>>(
            connection => [.. connection.Query<ApiKeyRow, ManagedColumns, ManagedApiKey>(ListSql, Compose, Parameters(tenant), splitOn: nameof(ManagedColumns.CreatedBy))], ct);

    public Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct) => database.ReadAsync(connection => Find(connection, tenant, id), ct);

    public Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion) => database.WriteAsync(
        connection => WasSent(connection, insertion.Key.Tenant.Account, insertion.FormId) ? null : Insert(connection, insertion));

    public Task<Result<ManagedApiKey>?> ChangeAsync(Tenant tenant, ApiKeyId id, Func<ManagedApiKey, Result<ApiKeyChange>> decide) =>
        database.WriteAsync<Result<ManagedApiKey>?>(connection =>
        {
            if (Find(connection, tenant, id) is not { } key)
            {
                return null;
            }

            var decision = decide(key);
            return decision.IsSuccess ? Apply(connection, decision.Value) : (Result<ManagedApiKey>)decision.Refusal;
        });

    public Task<Result<ManagedApiKey>?> RollAsync(
        Tenant tenant, ApiKeyId id, string formId, Func<ManagedApiKey, Result<ApiKeyInsertion>> follow, Func<ManagedApiKey, ApiKey, ApiKeyChange> retire) =>
        database.WriteAsync<Result<ManagedApiKey>?>(connection =>
        {
            if (Find(connection, tenant, id) is not { } old)
            {
                return null;
            }

            // Asked first: a form that is sent again finds the key rolled, by itself.
            if (WasSent(connection, tenant.Account, formId))
            {
                return ApiKeyAccess.MadeAlready;
            }

            var insertion = follow(old);
            if (!insertion.IsSuccess)
            {
                return insertion.Refusal;
            }

            var made = Insert(connection, insertion.Value);

            Apply(connection, retire(old, made.Key));
            return Find(connection, tenant, made.Key.Id)!;
        });

    private static bool WasSent(SqliteConnection connection, AccountId account, string formId) =>
        connection.ExecuteScalar<bool>(HasFormSql, new { account = account.Value, formId });

    private static ManagedApiKey Insert(SqliteConnection connection, ApiKeyInsertion insertion)
    {
        var id = ApiKeyStore.Insert(connection, insertion.Key, insertion.Secret.Hash(), insertion.Secret.LastFour, insertion.At, insertion.CreatedBy, insertion.FormId);
        AuditStore.Insert(connection, insertion.Entry(id));
        return Find(connection, insertion.Key.Tenant, id)!;
    }

    private static ManagedApiKey Apply(SqliteConnection connection, ApiKeyChange change)
    {
        if (change.Entry is null)
        {
            return change.After;
        }

        var (key, after) = (change.After.Key, change.After);
        connection.Execute(UpdateSql, new
        {
            account = key.Tenant.Account.Value,
            location = key.Tenant.Location.Value,
            environment = (int)key.Tenant.Environment,
            id = key.Id.Value,
            name = key.Name,
            scopes = (int)key.Scopes,
            networks = ApiKeyRow.Write(key.AllowedNetworks),
            expiresAt = UnixTime.Of(key.ExpiresAt),
            retiresAt = UnixTime.Of(key.RetiresAt),
            revokedAt = UnixTime.Of(after.DeletedAt),
            successor = after.Successor?.Value,
        });
        AuditStore.Insert(connection, change.Entry);
        return after;
    }

    private static ManagedApiKey? Find(SqliteConnection connection, Tenant tenant, ApiKeyId id) => connection
        .Query<ApiKeyRow, ManagedColumns, ManagedApiKey>(FindSql, Compose, Parameters(tenant, id), splitOn: nameof(ManagedColumns.CreatedBy)).SingleOrDefault();

    private static object Parameters(Tenant tenant, ApiKeyId id = default) =>
        new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, id = id.Value };

    private static ManagedApiKey Compose(ApiKeyRow row, ManagedColumns more) => new()
    {
        Key = row.ToDomain().Key,
        CreatedBy = more.CreatedBy,
        CreatedByName = more.CreatedByName,
        DeletedAt = UnixTime.ToInstant(more.RevokedAt),
        Successor = more.SuccessorId is { } successor ? new ApiKeyId(successor) : null,
        Predecessor = more.PredecessorId is { } predecessor ? new ApiKeyId(predecessor) : null,
        LastUsedAt = UnixTime.ToInstant(more.LastUsedAt),
        LastUsedFrom = more.LastUsedFrom is null ? null : IPAddress.Parse(more.LastUsedFrom),
    };

    private sealed record ManagedColumns
    {
        public required string CreatedBy { get; init; }

        public string? CreatedByName { get; init; }

        public long? RevokedAt { get; init; }

        public long? SuccessorId { get; init; }

        public long? PredecessorId { get; init; }

        public long? LastUsedAt { get; init; }

        public string? LastUsedFrom { get; init; }
    }
}
