using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

internal sealed class ApiKeyStore(IDatabase database) : IApiKeyStore
{
    private const string Operator = "operator";

    private const string InsertSql = """
        INSERT INTO api_keys (account_id, location_id, environment, name, hash, last_four, scopes, allowed_networks, created_at, expires_at, created_by, form_id)
        VALUES (@account, @location, @environment, @name, @hash, @lastFour, @scopes, @networks, @createdAt, @expiresAt, @createdBy, @formId)
        RETURNING id
        """;

    private const string SelectSql = $"SELECT {ApiKeyRow.Columns} FROM api_keys k WHERE k.revoked_at IS NULL";

    private const string FindByHashSql = $"{SelectSql} AND k.hash = @hash";

    private const string ListSql = $"{SelectSql} AND k.account_id = @account AND k.location_id = @location ORDER BY k.id";

    private const string RevokeSql = """
        UPDATE api_keys SET revoked_at = @at
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @id AND revoked_at IS NULL
        RETURNING hash
        """;

    public Task<ApiKeyId> InsertAsync(NewApiKey key, byte[] hash, string lastFour, DateTimeOffset createdAt, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            var id = Insert(connection, key, hash, lastFour, createdAt, Operator, formId: null);
            AuditStore.Insert(connection, EntryOf(key.Tenant, id, "api key created", createdAt));
            return id;
        });

    public Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefault<ApiKeyRow>(FindByHashSql, new { hash })?.ToDomain(), ct);

    public Task<IReadOnlyList<ApiKey>> ListAsync(AccountId account, LocationId location, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            connection => [.. connection.Query<ApiKeyRow>(ListSql, new { account = account.Value, location = location.Value }).Select(row => row.ToDomain().Key)], ct);

    public Task<byte[]?> RevokeAsync(Tenant tenant, ApiKeyId id, DateTimeOffset at, CancellationToken ct)
    {
        var row = new
        {
            at = UnixTime.Of(at),
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            id = id.Value,
        };
        return database.WriteAsync(connection =>
        {
            var hash = connection.QuerySingleOrDefault<byte[]>(RevokeSql, row);
            if (hash is not null)
            {
                AuditStore.Insert(connection, EntryOf(tenant, id, "api key deleted", at));
            }

            return hash;
        });
    }

    /// <summary>Adds a key within a transaction.</summary>
    internal static ApiKeyId Insert(
        SqliteConnection connection, NewApiKey key, byte[] hash, string lastFour, DateTimeOffset createdAt, string createdBy, string? formId)
    {
        var row = new
        {
            account = key.Tenant.Account.Value,
            location = key.Tenant.Location.Value,
            environment = (int)key.Tenant.Environment,
            name = key.Name,
            hash,
            lastFour,
            scopes = (int)key.Scopes,
            networks = ApiKeyRow.Write(key.AllowedNetworks),
            createdAt = UnixTime.Of(createdAt),
            expiresAt = UnixTime.Of(key.ExpiresAt),
            createdBy,
            formId,
        };
        return new ApiKeyId(connection.ExecuteScalar<long>(InsertSql, row));
    }

    // This is called by the service itself at its first start, or an operator on the command line.
    private static AuditEntry EntryOf(Tenant tenant, ApiKeyId id, string action, DateTimeOffset at) =>
        new() { Account = tenant.Account, At = at, Actor = Operator, Action = action, Subject = id.Subject };
}
