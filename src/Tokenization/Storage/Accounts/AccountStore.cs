using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Storage.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.Accounts;

internal sealed class AccountStore(IDatabase database, TimeProvider clock) : IAccountStore
{
    private const string AnySql = "SELECT EXISTS (SELECT 1 FROM accounts)";

    private const string InsertAccountSql = "INSERT INTO accounts (name, created_at) VALUES (@name, @now) RETURNING id";

    private const string GetNameSql = "SELECT name FROM accounts WHERE id = @account";

    private const string InsertLocationSql = """
        INSERT INTO locations (account_id, name, slug, created_at) VALUES (@account, @name, @slug, @now) RETURNING id
        """;

    private const string SlugsSql = "SELECT slug FROM locations WHERE account_id = @account";

    private static readonly string s_selectLocationsSql = $"SELECT {ColumnList.Of<LocationRow>().Selected} FROM locations";

    private static readonly string s_listLocationsSql = $"{s_selectLocationsSql} WHERE removed_at IS NULL ORDER BY id";

    private static readonly string s_listLocationsOfAccountSql = $"{s_selectLocationsSql} WHERE account_id = @account AND removed_at IS NULL ORDER BY id";

    private static readonly string s_getLocationSql = $"{s_selectLocationsSql} WHERE account_id = @account AND id = @location";

    private const string SetRepeatedChargesSql = "UPDATE locations SET repeated_charges = @allowed WHERE id = @location";

    private const string SetRetentionSql = "UPDATE locations SET retention_days = @days WHERE id = @location";

    private const string RescheduleDestructionSql = """
        UPDATE setup_intents SET due_at = updated_at + @retention
         WHERE id IN (SELECT setup_intent_id
                        FROM token_index INDEXED BY ix_token_index_status
                       WHERE location_id = @location AND environment IN (0, 1) AND status IN ('Canceled', 'Closed', 'Completed', 'Expired', 'CardExpired')
                      UNION ALL
                      SELECT id FROM unindexed_tokens WHERE location_id = @location)
           AND status NOT IN ('Created', 'Authorized')
           AND (card_record IS NOT NULL OR card_fingerprint IS NOT NULL)
        """;

    private const string MoveSandboxClockSql = """
        UPDATE locations SET sandbox_offset = MAX(sandbox_offset, @offset) WHERE id = @location RETURNING sandbox_offset
        """;

    private const string SetUniqueReferencesSql = "UPDATE locations SET unique_references = @unique WHERE id = @location";

    private const string ClaimExistingReferencesSql = """
        INSERT INTO reference_claims (location_id, environment, reference)
        SELECT s.location_id, s.environment, s.reference
          FROM token_index i CROSS JOIN setup_intents s ON s.id = i.setup_intent_id
         WHERE i.location_id = @location
        UNION
        SELECT location_id, environment, reference FROM unindexed_tokens WHERE location_id = @location
            ON CONFLICT DO NOTHING
        """;

    private const string GetSandboxClockSql = "SELECT sandbox_offset FROM locations WHERE id = @location";

    public Task<bool> AnyAsync(CancellationToken ct) => database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<bool>(AnySql), ct);

    public Task<Location> CreateAsync(string accountName, string locationName, CancellationToken ct)
    {
        var now = UnixTime.Of(clock.GetUtcNow());
        return database.WriteAsync(TenantScope.Service, connection =>
        {
            var account = connection.ExecuteScalar<long>(InsertAccountSql, new { name = accountName, now });
            return InsertLocation(connection, new AccountId(account), locationName, now);
        });
    }

    public Task<string> GetNameAsync(AccountId account, CancellationToken ct) =>
        database.ReadAsync(account, connection => connection.QuerySingle<string>(GetNameSql, new { account = account.Value }), ct);

    public Task<IReadOnlyList<Location>> ListLocationsAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Location>>(
            TenantScope.Service,
            connection => [.. connection.Query<LocationRow>(s_listLocationsSql).Select(row => row.ToDomain())], ct);

    public Task<IReadOnlyList<Location>> ListLocationsAsync(AccountId account, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Location>>(account, connection => List(connection, account), ct);

    public Task SetUniqueReferencesAsync(LocationId location, bool unique, CancellationToken ct) =>
        database.WriteAsync(TenantScope.Service, connection => SetUniqueReferences(connection, location, unique));

    public Task<Location> GetLocationAsync(Tenant tenant, CancellationToken ct) =>
        database.ReadAsync(
            tenant,
            connection => connection.QuerySingle<LocationRow>(s_getLocationSql, new { account = tenant.Account.Value, location = tenant.Location.Value }).ToDomain(), ct);

    public Task SetRepeatedChargesAsync(LocationId location, bool allowed, CancellationToken ct) =>
        database.WriteAsync(TenantScope.Service, connection => SetRepeatedCharges(connection, location, allowed));

    public Task SetRetentionAsync(LocationId location, int days, CancellationToken ct) =>
        database.WriteAsync(TenantScope.Service, connection => SetRetention(connection, location, days));

    public Task<TimeSpan> MoveSandboxClockAsync(Tenant tenant, TimeSpan ahead, CancellationToken ct) =>
        database.WriteAsync(tenant, connection => Move(connection, tenant.Location, ahead));

    public Task<TimeSpan?> AdvanceSandboxClockAsync(Tenant tenant, Func<TimeSpan, TimeSpan?> further, CancellationToken ct) =>
        database.WriteAsync(tenant, connection =>
        {
            var ahead = TimeSpan.FromMicroseconds(connection.ExecuteScalar<long>(GetSandboxClockSql, new { location = tenant.Location.Value }));
            return further(ahead) is { } next ? Move(connection, tenant.Location, next) : (TimeSpan?)null;
        });

    internal static List<Location> List(DbConnection connection, AccountId account) =>
        [.. connection.Query<LocationRow>(s_listLocationsOfAccountSql, new { account = account.Value }).Select(row => row.ToDomain())];

    internal static int SetUniqueReferences(DbConnection connection, LocationId location, bool unique)
    {
        connection.Execute(SetUniqueReferencesSql, new { unique, location = location.Value });
        UniqueReferences.Forget(connection);
        return unique ? connection.Execute(ClaimExistingReferencesSql, new { location = location.Value }) : 0;
    }

    internal static int SetRepeatedCharges(DbConnection connection, LocationId location, bool allowed) =>
        connection.Execute(SetRepeatedChargesSql, new { allowed, location = location.Value });

    internal static int SetRetention(DbConnection connection, LocationId location, int days)
    {
        connection.Execute(SetRetentionSql, new { days, location = location.Value });
        var retention = TimeSpan.FromDays(days).Ticks / TimeSpan.TicksPerMicrosecond;
        return connection.Execute(RescheduleDestructionSql, new { retention, location = location.Value });
    }

    internal static Location InsertLocation(DbConnection connection, AccountId account, string name, long now)
    {
        var taken = connection.Query<string>(SlugsSql, new { account = account.Value }).ToHashSet(StringComparer.Ordinal);
        var slug = LocationSlugs.Of(name, taken);
        var id = connection.ExecuteScalar<long>(InsertLocationSql, new { account = account.Value, name, slug, now });
        return new Location(new LocationId(id), account, name, UniqueReferences: false) { Slug = slug };
    }

    private static TimeSpan Move(DbConnection connection, LocationId location, TimeSpan ahead) => TimeSpan.FromMicroseconds(
        connection.ExecuteScalar<long>(MoveSandboxClockSql, new { offset = ahead.Ticks / TimeSpan.TicksPerMicrosecond, location = location.Value }));

    private sealed record LocationRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required string Name { get; init; }

        public required string Slug { get; init; }

        public required bool UniqueReferences { get; init; }

        public required bool RepeatedCharges { get; init; }

        public required int RetentionDays { get; init; }

        public required long SandboxOffset { get; init; }

        public long? VanishesAt { get; init; }

        public Location ToDomain() => new(new LocationId(Id), new AccountId(AccountId), Name, UniqueReferences)
        {
            Slug = Slug,
            RepeatedCharges = RepeatedCharges,
            Retention = TimeSpan.FromDays(RetentionDays),
            SandboxAhead = TimeSpan.FromMicroseconds(SandboxOffset),
            VanishesAt = UnixTime.ToInstant(VanishesAt),
        };
    }
}
