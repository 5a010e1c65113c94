using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

internal sealed class ApiKeyStore(IDatabase database, WebhookOutbox outbox) : IApiKeyStore
{
    private const string OfTenant = "account_id = @AccountId AND location_id = @LocationId AND environment = @Environment";

    private const string HasFormSql = "SELECT EXISTS (SELECT 1 FROM api_keys WHERE account_id = @AccountId AND form_id = @FormId)";

    private static readonly ColumnList s_changing = ColumnList.OfEnum<Changing>();

    private static readonly string s_insertSql = $"{ApiKeyRow.Columns.Without(nameof(ApiKeyRow.Id)).InsertInto("api_keys")} RETURNING id";

    private static readonly string s_findByHashSql = $"SELECT {ApiKeyRow.Columns.Selected} FROM api_keys WHERE revoked_at IS NULL AND hash = @Hash";

    private static readonly string s_selectSql = $"""
        SELECT {ApiKeyRow.Columns.SelectedOf("k")}, m.name AS CreatedByName, (SELECT p.id FROM api_keys p WHERE p.successor_id = k.id) AS PredecessorId
          FROM api_keys k
          LEFT JOIN members m ON m.account_id = k.account_id AND k.created_by = 'member:' || m.id
         WHERE k.account_id = @AccountId AND k.location_id = @LocationId AND k.environment = @Environment
        """;

    private static readonly string s_listSql = $"{s_selectSql} ORDER BY k.id DESC";

    private static readonly string s_findSql = $"{s_selectSql} AND k.id = @Id";

    private static readonly string s_isUnchangedSql = $"SELECT EXISTS (SELECT 1 FROM api_keys WHERE {OfTenant} AND id = @Id AND {s_changing.Equalities})";

    private static readonly string s_updateSql = $"UPDATE api_keys SET {s_changing.Assignments} WHERE {OfTenant} AND id = @Id";

    /// <summary>The parts of an existing key that can change.</summary>
    private enum Changing
    {
        Name,
        Scopes,
        AllowedNetworks,
        ExpiresAt,
        RetiresAt,
        RevokedAt,
        SuccessorId,
        LeakedAt,
    }

    public Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => connection.QuerySingleOrDefault<ApiKeyRow>(s_findByHashSql, new { Hash = hash }) is { } row ? new StoredApiKey(row.ToKey(), row.Hash) : null, ct);

    public Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct) => database.ReadAsync<IReadOnlyList<ManagedApiKey>>(
        tenant,
        connection => [.. connection.Query<ManagedApiKeyRow>(s_listSql, ParametersOf(tenant)).Select(row => row.ToDomain())], ct);

    public Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct) => database.ReadAsync(tenant, connection => Find(connection, tenant, id), ct);

    public Task<bool> WasSentAsync(AccountId account, string formId, CancellationToken ct) => database.ReadAsync(account, connection => WasSent(connection, account, formId), ct);

    public Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion)
    {
        var row = ApiKeyRow.Of(insertion);
        return database.WriteAsync(
            insertion.Key.Tenant.Account, // a form may be sent once in the whole account
            connection => WasSent(connection, insertion.Key.Tenant.Account, insertion.FormId) ? null : Insert(connection, insertion, row));
    }

    public Task<ApiKeyOutcome> UpdateAsync(ApiKeyChange change) => database.WriteAsync(change.Before.Key.Tenant, connection =>
    {
        if (!IsUnchanged(connection, change.Before))
        {
            return ApiKeyOutcome.Changed;
        }

        Update(connection, change, change.After.Successor);
        return ApiKeyOutcome.Done;
    });

    public Task<(ApiKeyOutcome Outcome, ManagedApiKey? Successor)> RollAsync(ApiKeyChange change, ApiKeyInsertion successor)
    {
        var row = ApiKeyRow.Of(successor);
        return database.WriteAsync<(ApiKeyOutcome, ManagedApiKey?)>(change.Before.Key.Tenant.Account, connection =>
        {
            // Checked first: a form that is sent again would find that the key has changed, because the first submission rolled it.
            if (WasSent(connection, successor.Key.Tenant.Account, successor.FormId))
            {
                return (ApiKeyOutcome.FormSent, null);
            }

            if (!IsUnchanged(connection, change.Before))
            {
                return (ApiKeyOutcome.Changed, null);
            }

            var made = Insert(connection, successor, row);
            Update(connection, change, made.Key.Id);
            return (ApiKeyOutcome.Done, Find(connection, successor.Key.Tenant, made.Key.Id));
        });
    }

    private static bool WasSent(DbConnection connection, AccountId account, string? formId) =>
        formId is not null && connection.ExecuteScalar<bool>(HasFormSql, new { AccountId = account.Value, FormId = formId });

    private static bool IsUnchanged(DbConnection connection, ManagedApiKey before) =>
        connection.ExecuteScalar<bool>(s_isUnchangedSql, ParametersOf(before, before.Successor));

    /// <summary>Adds a key and its audit entry, within the caller's transaction.</summary>
    internal ManagedApiKey Insert(DbConnection connection, ApiKeyInsertion insertion, ApiKeyRow row)
    {
        var id = new ApiKeyId(connection.ExecuteScalar<long>(s_insertSql, row));
        AuditStore.Insert(connection, insertion.Entry with { Subject = id.Subject });
        outbox.Append(connection, insertion.Key.Tenant, id, WebhookEvents.ApiKeyCreated, insertion.Entry.At);
        return Find(connection, insertion.Key.Tenant, id)!;
    }

    private void Update(DbConnection connection, ApiKeyChange change, ApiKeyId? successor)
    {
        connection.Execute(s_updateSql, ParametersOf(change.After, successor));
        AuditStore.Insert(connection, change.Entry!);
        outbox.Append(connection, change.After.Key.Tenant, change.After.Key.Id, EventOf(change, successor), change.Entry!.At);
    }

    private static string EventOf(ApiKeyChange change, ApiKeyId? successor) =>
        change.Before.DeletedAt is null && change.After.DeletedAt is not null ? WebhookEvents.ApiKeyRevoked
        : change.Before.Successor is null && successor is not null ? WebhookEvents.ApiKeyRolled
        : WebhookEvents.ApiKeyUpdated;

    private static ManagedApiKey? Find(DbConnection connection, Tenant tenant, ApiKeyId id) =>
        connection.QuerySingleOrDefault<ManagedApiKeyRow>(s_findSql, ParametersOf(tenant, id))?.ToDomain();

    private static object ParametersOf(Tenant tenant, ApiKeyId id = default) =>
        new { AccountId = tenant.Account.Value, LocationId = tenant.Location.Value, Environment = (int)tenant.Environment, Id = id.Value };

    private static object ParametersOf(ManagedApiKey key, ApiKeyId? successor) => new
    {
        AccountId = key.Key.Tenant.Account.Value,
        LocationId = key.Key.Tenant.Location.Value,
        Environment = (int)key.Key.Tenant.Environment,
        Id = key.Key.Id.Value,
        key.Key.Name,
        Scopes = (int)key.Key.Scopes,
        AllowedNetworks = ApiKeyRow.Write(key.Key.AllowedNetworks),
        ExpiresAt = UnixTime.Of(key.Key.ExpiresAt),
        RetiresAt = UnixTime.Of(key.Key.RetiresAt),
        RevokedAt = UnixTime.Of(key.DeletedAt),
        SuccessorId = successor?.Value,
        LeakedAt = UnixTime.Of(key.LeakedAt),
    };
}
