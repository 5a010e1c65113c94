using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.PaymentIntents;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Seeding;

internal sealed class SeedStore(IDatabase database, SealedTokens sealedTokens, WebhookOutbox outbox, TokenFeed feed, TimeProvider clock) : ISeedStore
{
    private static readonly ColumnList s_columns = ColumnList.Of<Row>().Without(nameof(Row.AccountId));

    private static readonly string s_insertSql = s_columns.InsertInto("sandbox_seeds");

    private static readonly string s_select = $"""
        SELECT {s_columns.Selected}, (SELECT l.account_id FROM locations l WHERE l.id = sandbox_seeds.location_id) AS AccountId FROM sandbox_seeds
        """;

    private static readonly string s_findSql = $"{s_select} WHERE location_id = @location";

    private static readonly string s_listRunningSql = $"{s_select} WHERE ended_at IS NULL ORDER BY location_id";

    private const string IsRunningSql = "SELECT EXISTS (SELECT 1 FROM sandbox_seeds WHERE location_id = @location AND ended_at IS NULL)";

    private const string IsBeingEmptiedSql = "SELECT EXISTS (SELECT 1 FROM sandbox_erasures WHERE location_id = @location)";

    private const string DeleteSql = "DELETE FROM sandbox_seeds WHERE location_id = @location";

    private const string StopSql = "UPDATE sandbox_seeds SET ended_at = @at, is_stopped = 1 WHERE location_id = @location AND ended_at IS NULL";

    // If this changes no row, the run was stopped, another run was begun, or the same batch is stored already.
    private const string TakeTurnSql = """
        UPDATE sandbox_seeds SET done = @done WHERE location_id = @location AND asked_at = @askedAt AND done = @before AND ended_at IS NULL
        """;

    private const string CountSql = "UPDATE sandbox_seeds SET tokens = @tokens, payments = @payments, ended_at = @endedAt WHERE location_id = @location";

    private static readonly string s_insertPaymentSql = PaymentIntentRow.Columns.InsertInto("payment_intents");

    private static readonly string s_insertSettlementSql = SettlementRow.Columns.InsertInto("payment_settlements");

    public Task<SeedBegin> BeginAsync(StoredSeedRun run, AuditEntry entry) => database.WriteAsync(run.Tenant, connection =>
    {
        var parameters = new { location = run.Tenant.Location.Value };
        if (connection.ExecuteScalar<bool>(IsRunningSql, parameters))
        {
            return SeedBegin.Busy;
        }

        if (connection.ExecuteScalar<bool>(IsBeingEmptiedSql, parameters))
        {
            return SeedBegin.Emptying;
        }

        connection.Execute(DeleteSql, parameters);
        connection.Execute(s_insertSql, Row.Of(run));
        AuditStore.Insert(connection, entry);
        return SeedBegin.Begun;
    });

    public Task<StoredSeedRun?> FindAsync(Tenant tenant, CancellationToken ct) => database.ReadAsync(
        tenant,
        connection => connection.QuerySingleOrDefault<Row>(s_findSql, new { location = tenant.Location.Value })?.ToDomain(), ct);

    public Task<IReadOnlyList<StoredSeedRun>> ListRunningAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<StoredSeedRun>>(
        TenantScope.Service,
        connection => [.. connection.Query<Row>(s_listRunningSql).Select(row => row.ToDomain())], ct);

    public async Task<StoredSeedRun?> InsertAsync(StoredSeedRun run, IReadOnlyList<SeededToken> tokens, Func<SeedRun, AuditEntry> ended)
    {
        var inserts = tokens.Select(token => (Token: token, Insert: new SetupIntentInsert(token.Last, token.Events, sealedTokens.SealNew(token.Last, token.Events.Count)))).ToArray();
        var endedAt = UnixTime.Truncate(clock.GetUtcNow());
        var (after, made) = await database.WriteAsync(run.Tenant, connection => Insert(connection, run, inserts, endedAt, ended));
        foreach (var token in made)
        {
            feed.Publish(token.Last.Tenant, token.Last.RecordId, isNew: true);
        }

        return after;
    }

    public Task<bool> StopAsync(Tenant tenant, DateTimeOffset at, AuditEntry entry) => database.WriteAsync(tenant, connection =>
    {
        if (connection.Execute(StopSql, new { location = tenant.Location.Value, at = UnixTime.Of(at) }) == 0)
        {
            return false;
        }

        AuditStore.Insert(connection, entry);
        return true;
    });

    /// <summary>Within a transaction: deletes the run of a sandbox that is being emptied, whether it has ended or not.</summary>
    internal static void Forget(DbConnection connection, LocationId location) => connection.Execute(DeleteSql, new { location = location.Value });

    private (StoredSeedRun? After, List<SeededToken> Made) Insert(
        DbConnection connection, StoredSeedRun run, (SeededToken Token, SetupIntentInsert Insert)[] inserts, DateTimeOffset endedAt, Func<SeedRun, AuditEntry> ended)
    {
        var (location, before) = (run.Tenant.Location.Value, run.Run);
        var done = before.Done + inserts.Length;
        if (connection.Execute(TakeTurnSql, new { location, askedAt = UnixTime.Of(before.StartedAt), before = before.Done, done }) == 0)
        {
            return (null, []);
        }

        var made = inserts.Where(item => item.Insert.TryRun(connection)).Select(item => item.Token).ToList();
        made.ForEach(token => StoreRest(connection, token));

        var isDone = done == before.Wish.Size;
        var after = before with
        {
            Status = isDone ? SeedStatus.Done : SeedStatus.Running,
            EndedAt = isDone ? endedAt : null,
            Done = done,
            Tokens = before.Tokens + made.Count,
            Payments = before.Payments + made.Count(token => token.Payment is not null),
        };
        connection.Execute(CountSql, new { location, tokens = after.Tokens, payments = after.Payments, endedAt = UnixTime.Of(after.EndedAt) });
        if (isDone)
        {
            AuditStore.Insert(connection, ended(after));
        }

        return (run with { Run = after }, made);
    }

    private void StoreRest(DbConnection connection, SeededToken token)
    {
        var payment = token.Payment;
        if (payment is not null)
        {
            connection.Execute(s_insertPaymentSql, PaymentIntentRow.Of(payment.Intent));
            foreach (var entry in payment.Events)
            {
                PaymentIntentEvents.Append(connection, payment.Intent.RecordId, entry);
            }
        }

        if (payment?.Settlement is { } settlement)
        {
            connection.Execute(s_insertSettlementSql, SettlementRow.Of(payment.Intent.Tenant, settlement));
        }

        if (token.IsAnnounced)
        {
            Announce(connection, token);
        }
    }

    private void Announce(DbConnection connection, SeededToken token)
    {
        outbox.Append(connection, token.First, WebhookEvents.SetupIntentCreated, token.First.CreatedAt);
        if (token.Payment is { Intent: var intent } payment)
        {
            outbox.Append(connection, intent, PaymentIntentStatus.Created, WebhookEvents.PaymentIntentCreated, intent.CreatedAt);
            foreach (var (status, at) in payment.Moves)
            {
                outbox.Append(connection, intent, status, WebhookEvents.PaymentIntentStatusUpdated, at);
            }

            if (payment.Settlement is { Kind: SettlementKind.Refund } refund)
            {
                outbox.Append(connection, intent.Tenant, refund, SettlementStatus.Created, WebhookEvents.RefundCreated, refund.CreatedAt);
                outbox.Append(connection, intent.Tenant, refund, refund.Status, WebhookEvents.RefundStatusUpdated, refund.CreatedAt);
            }
        }

        if (token.Last.Status != token.First.Status)
        {
            outbox.Append(connection, token.Last, WebhookEvents.SetupIntentStatusUpdated, token.Last.UpdatedAt);
        }
    }

    private sealed record Row
    {
        public required long LocationId { get; init; }

        public long AccountId { get; init; }

        public required int Size { get; init; }

        public required int Seed { get; init; }

        public required string Actor { get; init; }

        public required long AskedAt { get; init; }

        public required long BaseAt { get; init; }

        public required int Done { get; init; }

        public required int Tokens { get; init; }

        public required int Payments { get; init; }

        public long? EndedAt { get; init; }

        public required int IsStopped { get; init; }

        public static Row Of(StoredSeedRun run) => new()
        {
            LocationId = run.Tenant.Location.Value,
            Size = run.Run.Wish.Size,
            Seed = run.Run.Wish.Seed,
            Actor = run.Actor,
            AskedAt = UnixTime.Of(run.Run.StartedAt),
            BaseAt = UnixTime.Of(run.BaseAt),
            Done = run.Run.Done,
            Tokens = run.Run.Tokens,
            Payments = run.Run.Payments,
            EndedAt = UnixTime.Of(run.Run.EndedAt),
            IsStopped = run.Run.Status == SeedStatus.Stopped ? 1 : 0,
        };

        public StoredSeedRun ToDomain() => new(
            new Tenant(new AccountId(AccountId), new LocationId(LocationId), TenantEnvironment.Sandbox),
            Actor,
            UnixTime.ToInstant(BaseAt),
            new SeedRun(
                new SeedWish(Size, Seed),
                EndedAt is null ? SeedStatus.Running : IsStopped != 0 ? SeedStatus.Stopped : SeedStatus.Done,
                UnixTime.ToInstant(AskedAt),
                UnixTime.ToInstant(EndedAt),
                Done,
                Tokens,
                Payments));
    }
}
