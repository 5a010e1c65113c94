using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class SetupIntentStore(IDatabase database) : ISetupIntentStore
{
    private const string LastRecordIdSql = "SELECT COALESCE(MAX(id), 0) FROM setup_intents";

    private const string InsertSql = """
        INSERT INTO setup_intents (
            id, account_id, location_id, environment, status, created_at, updated_at, reference, description, metadata,
            card_leading, card_last_four, card_scheme, card_expiry, card_fingerprint, card_record)
        VALUES (
            @Id, @AccountId, @LocationId, @Environment, @Status, @CreatedAt, @UpdatedAt, @Reference, @Description, @Metadata,
            @CardLeading, @CardLastFour, @CardScheme, @CardExpiry, @CardFingerprint, @CardRecord)
        """;

    private const string InsertEventSql = """
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, transaction_id, auth_code)
        VALUES (@recordId, @position, @type, @at, @actor, @transactionId, @authCode)
        """;

    private const string WantsUniqueReferencesSql = """
        SELECT unique_references FROM locations WHERE account_id = @account AND id = @location
        """;

    private const string ClaimReferenceSql = """
        INSERT INTO reference_claims (location_id, environment, reference) VALUES (@location, @environment, @reference)
            ON CONFLICT DO NOTHING
        """;

    private const string FindSql = $"""
        SELECT {SetupIntentRow.Columns}
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    public Task<long> FindLastRecordIdAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>(LastRecordIdSql), ct);

    public Task<InsertOutcome> InsertAsync(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[]? idempotencyKeyHash) =>
        database.WriteAsync(connection =>
        {
            if (!TryClaimReference(connection, intent))
            {
                if (idempotencyKeyHash is not null)
                {
                    IdempotencyStore.Release(connection, intent.Tenant, idempotencyKeyHash);
                }

                return InsertOutcome.ReferenceTaken;
            }

            connection.Execute(InsertSql, SetupIntentRow.Of(intent));
            InsertEvents(connection, intent.RecordId, events);
            if (idempotencyKeyHash is not null)
            {
                IdempotencyStore.Complete(connection, idempotencyKeyHash, intent);
            }

            return InsertOutcome.Inserted;
        });

    public Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(connection => Find(connection, tenant, recordId), ct);

    internal static StoredSetupIntent? Find(SqliteConnection connection, Tenant tenant, long recordId) =>
        connection.QuerySingleOrDefault<SetupIntentRow>(FindSql, new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            recordId,
        })?.ToDomain();

    private static bool TryClaimReference(SqliteConnection connection, StoredSetupIntent intent)
    {
        var (account, location) = (intent.Tenant.Account.Value, intent.Tenant.Location.Value);
        return !connection.ExecuteScalar<bool>(WantsUniqueReferencesSql, new { account, location })
            || connection.Execute(ClaimReferenceSql, new { location, environment = (int)intent.Tenant.Environment, reference = intent.Reference }) == 1;
    }

    private static void InsertEvents(SqliteConnection connection, long recordId, IReadOnlyList<SetupIntentEvent> events)
    {
        for (var position = 0; position < events.Count; position++)
        {
            var entry = events[position];
            connection.Execute(InsertEventSql, new
            {
                recordId,
                position,
                type = entry.Type.ToString(),
                at = Instants.ToUnix(entry.At),
                actor = entry.Actor,
                transactionId = entry.TransactionId,
                authCode = entry.AuthCode,
            });
        }
    }
}
