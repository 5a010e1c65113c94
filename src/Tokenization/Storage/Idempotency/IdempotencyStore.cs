using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;

namespace Dojo.Pci.Tokenization.Storage.Idempotency;

internal sealed class IdempotencyStore(IDatabase database) : IIdempotencyStore
{
    private const string ClaimSql = """
        INSERT INTO idempotency_keys (location_id, environment, key_hash, body_hash, setup_intent_id, created_at, claimed_until)
        VALUES (@location, @environment, @keyHash, @bodyHash, @recordId, @at, @until)
            ON CONFLICT DO NOTHING
        """;

    private const string FindSql = """
        SELECT body_hash AS BodyHash, setup_intent_id AS RecordId, claimed_until AS ClaimedUntil,
               answered_status AS AnsweredStatus, answered_at AS AnsweredAt, answered_items AS AnsweredItems
          FROM idempotency_keys
         WHERE location_id = @location AND environment = @environment AND key_hash = @keyHash
        """;

    private const string TakeOverSql = """
        UPDATE idempotency_keys SET claimed_until = @until
         WHERE location_id = @location AND environment = @environment AND key_hash = @keyHash
        """;

    private const string CompleteSql = """
        UPDATE idempotency_keys SET answered_status = @status, answered_at = @answeredAt, answered_items = @items
         WHERE location_id = @location AND environment = @environment AND key_hash = @keyHash
        """;

    private const string ReleaseSql = """
        DELETE FROM idempotency_keys
         WHERE location_id = @location AND environment = @environment AND key_hash = @keyHash AND setup_intent_id = @recordId
           AND answered_status IS NULL
        """;

    private const string DropSql = """
        DELETE FROM idempotency_keys
         WHERE (location_id, environment, key_hash) IN (
               SELECT location_id, environment, key_hash FROM idempotency_keys WHERE created_at < @before ORDER BY created_at LIMIT @limit)
        """;

    private const int DropBatchSize = 500;

    public Task<ClaimOutcome> ClaimAsync(IdempotencyClaim claim) => database.WriteAsync(claim.Tenant, connection => Claim(connection, claim));

    public Task ReleaseAsync(Tenant tenant, byte[] keyHash, long recordId) =>
        database.WriteAsync(tenant, connection => Release(connection, tenant, keyHash, recordId));

    public async Task<int> DropOlderThanAsync(DateTimeOffset instant)
    {
        var (dropped, total) = (DropBatchSize, 0);
        while (dropped == DropBatchSize)
        {
            dropped = await database.WriteAsync(TenantScope.Service, connection => connection.Execute(DropSql, new { before = UnixTime.Of(instant), limit = DropBatchSize }));
            total += dropped;
        }

        return total;
    }

    /// <summary>Stores the answer of a claim, within the transaction that stores the work.</summary>
    internal static void Complete(DbConnection connection, Tenant tenant, byte[] keyHash, IdempotencyAnswer answer) =>
        connection.Execute(CompleteSql, new
        {
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            keyHash,
            status = answer.Status,
            answeredAt = UnixTime.Of(answer.At),
            items = answer.ItemsJson,
        });

    /// <summary>Deletes a claim, within the transaction that refuses the work.</summary>
    internal static int Release(DbConnection connection, Tenant tenant, byte[] keyHash, long recordId) =>
        connection.Execute(ReleaseSql, new { location = tenant.Location.Value, environment = (int)tenant.Environment, keyHash, recordId });

    private static ClaimOutcome Claim(DbConnection connection, IdempotencyClaim claim)
    {
        var parameters = new
        {
            location = claim.Tenant.Location.Value,
            environment = (int)claim.Tenant.Environment,
            keyHash = claim.KeyHash,
            bodyHash = claim.BodyHash,
            recordId = claim.RecordId,
            at = UnixTime.Of(claim.At),
            until = UnixTime.Of(claim.Until),
        };
        if (connection.Execute(ClaimSql, parameters) == 1)
        {
            return new ClaimOutcome.Granted(claim.RecordId);
        }

        var earlier = connection.QuerySingle<ClaimRow>(FindSql, parameters);
        if (!claim.IsOfSameRequest(earlier.BodyHash))
        {
            return new ClaimOutcome.OtherRequest();
        }

        if (earlier.AnsweredStatus is { } status)
        {
            return new ClaimOutcome.Answered(new IdempotencyAnswer(earlier.RecordId, status, UnixTime.ToInstant(earlier.AnsweredAt!.Value), earlier.AnsweredItems));
        }

        if (UnixTime.ToInstant(earlier.ClaimedUntil) > claim.At)
        {
            return new ClaimOutcome.Running();
        }

        connection.Execute(TakeOverSql, parameters);
        return new ClaimOutcome.Granted(earlier.RecordId);
    }

    private sealed record ClaimRow
    {
        public required byte[] BodyHash { get; init; }

        public required long RecordId { get; init; }

        public required long ClaimedUntil { get; init; }

        public string? AnsweredStatus { get; init; }

        public long? AnsweredAt { get; init; }

        public string? AnsweredItems { get; init; }
    }
}
