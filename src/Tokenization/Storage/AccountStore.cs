using Dapper;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class AccountStore(IDatabase database, TimeProvider clock) : IAccountStore
{
    private const string AnySql = "SELECT EXISTS (SELECT 1 FROM accounts)";

    private const string InsertAccountSql = "INSERT INTO accounts (name, created_at) VALUES (@name, @now) RETURNING id";

    private const string InsertLocationSql = """
        INSERT INTO locations (account_id, name, created_at) VALUES (@account, @name, @now) RETURNING id
        """;

    private const string ListLocationsSql = """
        SELECT id AS Id, account_id AS AccountId, name AS Name, unique_references AS UniqueReferences FROM locations ORDER BY id
        """;

    private const string SetUniqueReferencesSql = "UPDATE locations SET unique_references = @unique WHERE id = @location";

    private const string ClaimExistingReferencesSql = """
        INSERT INTO reference_claims (location_id, environment, reference)
        SELECT DISTINCT location_id, environment, reference FROM setup_intents WHERE location_id = @location
            ON CONFLICT DO NOTHING
        """;

    public Task<bool> AnyAsync(CancellationToken ct) => database.ReadAsync(connection => connection.ExecuteScalar<bool>(AnySql), ct);

    public Task<Location> CreateAsync(string accountName, string locationName, CancellationToken ct)
    {
        var now = Instants.ToUnix(clock.GetUtcNow());
        return database.WriteAsync(connection =>
        {
            var account = connection.ExecuteScalar<long>(InsertAccountSql, new { name = accountName, now });
            var location = connection.ExecuteScalar<long>(InsertLocationSql, new { account, name = locationName, now });
            return new Location(new LocationId(location), new AccountId(account), locationName, UniqueReferences: false);
        });
    }

    public Task<IReadOnlyList<Location>> ListLocationsAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Location>>(
            connection => [.. connection.Query<LocationRow>(ListLocationsSql).Select(row => row.ToDomain())], ct);

    public Task SetUniqueReferencesAsync(LocationId location, bool unique, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            connection.Execute(SetUniqueReferencesSql, new { unique, location = location.Value });
            return unique ? connection.Execute(ClaimExistingReferencesSql, new { location = location.Value }) : 0;
        });

    private sealed record LocationRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required string Name { get; init; }

        public required bool UniqueReferences { get; init; }

        public Location ToDomain() => new(new LocationId(Id), new AccountId(AccountId), Name, UniqueReferences);
    }
}
