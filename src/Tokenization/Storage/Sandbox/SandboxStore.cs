using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Accounts;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Seeding;
using Dojo.Pci.Tokenization.Storage.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Sandbox;

internal sealed class SandboxStore(IDatabase database, ApiKeyStore keys) : ISandboxStore
{
    private const string Throwaways = "SELECT account_id AS AccountId, id AS Id, slug AS Slug, created_at AS CreatedAt, vanishes_at AS VanishesAt FROM locations WHERE vanishes_at IS NOT NULL AND removed_at IS NULL";

    private const string ListSql = $"{Throwaways} AND account_id = @account AND (made_by_location_id = @known OR id = @known OR @known IS NULL) ORDER BY id DESC";

    private const string ListOverSql = $"{Throwaways} AND vanishes_at <= @now ORDER BY id";

    private const string CountSql = "SELECT COUNT(*) FROM locations WHERE account_id = @account AND vanishes_at IS NOT NULL AND removed_at IS NULL";

    private const string MakeThrowawaySql = "UPDATE locations SET vanishes_at = @vanishesAt, made_by_location_id = @madeBy WHERE id = @location";

    private const string RemoveSql = "UPDATE locations SET removed_at = @now WHERE id = @location AND vanishes_at IS NOT NULL AND removed_at IS NULL";

    private const string DeleteKeysSql = "UPDATE api_keys SET revoked_at = @now WHERE location_id = @location AND revoked_at IS NULL";

    private const string BeginSql = """
        INSERT INTO sandbox_erasures (location_id, asked_at, tokens) VALUES (@location, @now, @tokens)
            ON CONFLICT (location_id) DO UPDATE SET asked_at = excluded.asked_at, tokens = excluded.tokens, erased = 0
        """;

    private const string ListErasuresSql = """
        SELECT l.account_id AS AccountId, l.id AS Id, l.removed_at AS RemovedAt, e.asked_at AS AskedAt
          FROM sandbox_erasures e
          JOIN locations l ON l.id = e.location_id
         ORDER BY e.asked_at
        """;

    private const string ProgressSql = "SELECT tokens AS Tokens, erased AS Erased FROM sandbox_erasures WHERE location_id = @location";

    private const string ResetClockSql = "UPDATE locations SET sandbox_offset = 0 WHERE id = @location";

    private const string NoteSql = "UPDATE sandbox_erasures SET erased = erased + @erased WHERE location_id = @location";

    private const string EndSql = "DELETE FROM sandbox_erasures WHERE location_id = @location";

    public Task<ThrowawaySandbox?> TryCreateAsync(NewSandbox sandbox, int most) => database.WriteAsync(sandbox.Account, connection =>
    {
        if (connection.ExecuteScalar<int>(CountSql, new { account = sandbox.Account.Value }) >= most)
        {
            return null;
        }

        var location = AccountStore.InsertLocation(connection, sandbox.Account, sandbox.Name, UnixTime.Of(sandbox.CreatedAt));
        connection.Execute(MakeThrowawaySql, new { location = location.Id.Value, vanishesAt = UnixTime.Of(sandbox.VanishesAt), madeBy = sandbox.MadeBy.Value });
        AuditStore.Insert(connection, sandbox.Entry(location));
        var key = sandbox.Key(location);
        keys.Insert(connection, key, ApiKeyRow.Of(key));
        return new ThrowawaySandbox(location.Id, location.Slug, sandbox.CreatedAt, sandbox.VanishesAt);
    });

    public Task<IReadOnlyList<ThrowawaySandbox>> ListAsync(AccountId account, LocationId? known, CancellationToken ct) => database.ReadAsync<IReadOnlyList<ThrowawaySandbox>>(
        account,
        connection => [.. connection.Query<Row>(ListSql, new { account = account.Value, known = known?.Value }).Select(row => row.ToDomain())], ct);

    public Task<IReadOnlyList<(AccountId Account, ThrowawaySandbox Sandbox)>> ListOverAsync(DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<(AccountId, ThrowawaySandbox)>>(
            TenantScope.Service,
            connection => [.. connection.Query<Row>(ListOverSql, new { now = UnixTime.Of(now) }).Select(row => (new AccountId(row.AccountId), row.ToDomain()))], ct);

    public Task<bool> TryRemoveAsync(ThrowawaySandbox sandbox, AuditEntry entry) => database.WriteAsync(entry.Account, connection =>
    {
        var parameters = new { location = sandbox.Location.Value, now = UnixTime.Of(entry.At) };
        if (connection.Execute(RemoveSql, parameters) == 0)
        {
            return false;
        }

        connection.Execute(DeleteKeysSql, parameters);
        Begin(connection, sandbox.Location, entry);
        return true;
    });

    public Task BeginResetAsync(Tenant tenant, AuditEntry entry) => database.WriteAsync(tenant, connection =>
    {
        connection.Execute(ResetClockSql, new { location = tenant.Location.Value });
        return Begin(connection, tenant.Location, entry);
    });

    public Task<ResetProgress?> FindResetAsync(Tenant tenant, CancellationToken ct) => database.ReadAsync(
        tenant,
        connection => connection.QuerySingleOrDefault<(long Tokens, long Erased)?>(ProgressSql, new { location = tenant.Location.Value }) is { } row ? new ResetProgress(row.Tokens, row.Erased) : null, ct);

    public Task<DueCounts> CountDueAsync(Tenant tenant, DateTimeOffset until, CancellationToken ct) =>
        database.ScanAsync(tenant, connection => SandboxDue.Count(connection, tenant, until), ct);

    public Task<IReadOnlyList<SandboxErasure>> ListErasuresAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<SandboxErasure>>(
        TenantScope.Service,
        connection =>
        [
            .. connection.Query<(long AccountId, long Id, long? RemovedAt, long AskedAt)>(ListErasuresSql).Select(row => new SandboxErasure(
                new Tenant(new AccountId(row.AccountId), new LocationId(row.Id), TenantEnvironment.Sandbox), row.RemovedAt is not null, UnixTime.ToInstant(row.AskedAt))),
        ],
        ct);

    public async Task<bool> EraseSomeAsync(SandboxErasure erasure, bool mayEnd)
    {
        var (hasErased, mayHaveMore) = await database.WriteAsync(erasure.Sandbox, connection => EraseSome(connection, erasure, mayEnd));
        if (hasErased)
        {
            database.NoteDeletion();
        }

        return mayHaveMore;
    }

    private static (bool HasErased, bool MayHaveMore) EraseSome(DbConnection connection, SandboxErasure erasure, bool mayEnd)
    {
        var location = erasure.Sandbox.Location.Value;
        var (asked, until) = erasure.IsRemoved ? (long.MaxValue, long.MaxValue) : (UnixTime.Of(erasure.AskedAt), RecordIdSequence.FirstAfter(erasure.AskedAt));
        var (rows, tokens) = SandboxRows.Erase(connection, location, asked, until);
        if (rows > 0)
        {
            connection.Execute(NoteSql, new { location, erased = tokens });
            return (true, true);
        }

        if (erasure.IsRemoved && SandboxRows.EraseRequests(connection, location) > 0)
        {
            return (true, true);
        }

        if (!mayEnd || ErasedTokens.AreLeft(connection, location, until))
        {
            return (false, false);
        }

        ErasedTokens.ForgetAll(connection, location);
        if (erasure.IsRemoved)
        {
            SandboxRows.EraseRest(connection, location);
        }

        connection.Execute(EndSql, new { location });
        return (true, false);
    }

    private static int Begin(DbConnection connection, LocationId location, AuditEntry entry)
    {
        SeedStore.Forget(connection, location);
        connection.Execute(BeginSql, new { location = location.Value, now = UnixTime.Of(entry.At), tokens = ErasedTokens.Count(connection, location.Value) });
        return AuditStore.Insert(connection, entry);
    }

    private sealed record Row
    {
        public required long AccountId { get; init; }

        public required long Id { get; init; }

        public required string Slug { get; init; }

        public required long CreatedAt { get; init; }

        public required long VanishesAt { get; init; }

        public ThrowawaySandbox ToDomain() => new(new LocationId(Id), Slug, UnixTime.ToInstant(CreatedAt), UnixTime.ToInstant(VanishesAt));
    }
}
