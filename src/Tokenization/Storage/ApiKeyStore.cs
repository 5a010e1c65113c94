using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class ApiKeyStore(IDatabase database) : IApiKeyStore
{
    private const string InsertSql = """
        INSERT INTO api_keys (account_id, location_id, environment, name, hash, last_four, scopes, allowed_networks, created_at, expires_at)
        VALUES (@account, @location, @environment, @name, @hash, @lastFour, @scopes, @networks, @createdAt, @expiresAt)
        RETURNING id
        """;

    private const string SelectSql = """
        SELECT id AS Id, account_id AS AccountId, location_id AS LocationId, environment AS Environment, name AS Name, hash AS Hash,
               last_four AS LastFour, scopes AS Scopes, allowed_networks AS AllowedNetworks, created_at AS CreatedAt, expires_at AS ExpiresAt
          FROM api_keys
         WHERE revoked_at IS NULL
        """;

    private const string FindByHashSql = $"{SelectSql} AND hash = @hash";

    private const string ListSql = $"{SelectSql} AND account_id = @account AND location_id = @location ORDER BY id";

    private const string RevokeSql = """
        UPDATE api_keys SET revoked_at = @at
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @id AND revoked_at IS NULL
        RETURNING hash
        """;

    public Task<ApiKeyId> InsertAsync(NewApiKey key, byte[] hash, string lastFour, DateTimeOffset createdAt, CancellationToken ct)
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
            networks = string.Join(' ', key.AllowedNetworks ?? []),
            createdAt = Instants.ToUnix(createdAt),
            expiresAt = key.ExpiresAt is { } at ? Instants.ToUnix(at) : (long?)null,
        };
        return database.WriteAsync(connection => new ApiKeyId(connection.ExecuteScalar<long>(InsertSql, row)));
    }

    public Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefault<ApiKeyRow>(FindByHashSql, new { hash })?.ToDomain(), ct);

    public Task<IReadOnlyList<ApiKey>> ListAsync(AccountId account, LocationId location, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            connection => [.. connection.Query<ApiKeyRow>(ListSql, new { account = account.Value, location = location.Value }).Select(row => row.ToDomain().Key)], ct);

    public Task<byte[]?> RevokeAsync(Tenant tenant, ApiKeyId id, DateTimeOffset at, CancellationToken ct)
    {
        var row = new
        {
            at = Instants.ToUnix(at),
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            id = id.Value,
        };
        return database.WriteAsync(connection => connection.QuerySingleOrDefault<byte[]>(RevokeSql, row));
    }

    private sealed record ApiKeyRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required long LocationId { get; init; }

        public required int Environment { get; init; }

        public required string Name { get; init; }

        public required byte[] Hash { get; init; }

        public required string LastFour { get; init; }

        public required int Scopes { get; init; }

        public required string AllowedNetworks { get; init; }

        public required long CreatedAt { get; init; }

        public long? ExpiresAt { get; init; }

        public StoredApiKey ToDomain()
        {
            var tenant = new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment);
            var networks = AllowedNetworks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network));
            return new StoredApiKey(
                new ApiKey(
                    new ApiKeyId(Id),
                    tenant,
                    Name,
                    (ApiKeyScopes)Scopes,
                    LastFour,
                    Instants.FromUnix(CreatedAt),
                    ExpiresAt is { } at ? Instants.FromUnix(at) : null,
                    [.. networks]),
                Hash);
        }
    }
}
