using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// A new setup intent with its first events, on the way that every tokenization waits for: prepared statements, and rows that are only
/// appended. What can be worked out beforehand has been when the writer's turn comes.
/// </summary>
internal sealed class SetupIntentInsert(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events)
{
    private const string WantsUniqueReferencesSql = "SELECT unique_references FROM locations WHERE account_id = ?1 AND id = ?2";

    private const string ClaimReferenceSql = """
        INSERT INTO reference_claims (location_id, environment, reference) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
        """;

    private const string InsertSql = """
        INSERT INTO setup_intents (
            id, account_id, location_id, environment, status, created_at, updated_at, reference, description, metadata,
            card_leading, card_last_four, card_scheme, card_expiry, card_fingerprint, card_record, transaction_type, terms,
            intended_amount, intended_currency, details, expire_at, client_secret_generation, client_secret_expires_at, due_at,
            attempt_id, attempt_until)
        VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)
        """;

    private const string InsertEventSql = """
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, cause, transaction_id, auth_code)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private readonly SetupIntentRow _row = SetupIntentRow.Of(intent);

    /// <summary>Inserts within a transaction; false, with nothing done, when the location takes each reference once and this one is taken.</summary>
    public bool TryRun(SqliteConnection connection)
    {
        if (!TryClaimReference(connection))
        {
            return false;
        }

        InsertRow(connection);
        for (var position = 0; position < events.Count; position++)
        {
            InsertEvent(connection, position, events[position]);
        }

        return true;
    }

    private bool TryClaimReference(SqliteConnection connection) =>
        connection.Prepared(WantsUniqueReferencesSql).Bind(1, _row.AccountId).Bind(2, _row.LocationId).ExecuteScalar() is not 1
        || connection.Prepared(ClaimReferenceSql).Bind(1, _row.LocationId).Bind(2, _row.Environment).Bind(3, _row.Reference).Execute() == 1;

    private void InsertRow(SqliteConnection connection) => connection.Prepared(InsertSql)
        .Bind(1, _row.Id)
        .Bind(2, _row.AccountId)
        .Bind(3, _row.LocationId)
        .Bind(4, _row.Environment)
        .Bind(5, _row.Status)
        .Bind(6, _row.CreatedAt)
        .Bind(7, _row.UpdatedAt)
        .Bind(8, _row.Reference)
        .Bind(9, _row.Description)
        .Bind(10, _row.Metadata)
        .Bind(11, _row.CardLeading)
        .Bind(12, _row.CardLastFour)
        .Bind(13, _row.CardScheme)
        .Bind(14, _row.CardExpiry)
        .Bind(15, _row.CardFingerprint)
        .Bind(16, _row.CardRecord)
        .Bind(17, _row.TransactionType)
        .Bind(18, _row.Terms)
        .Bind(19, _row.IntendedAmount)
        .Bind(20, _row.IntendedCurrency)
        .Bind(21, _row.Details)
        .Bind(22, _row.ExpireAt)
        .Bind(23, _row.ClientSecretGeneration)
        .Bind(24, _row.ClientSecretExpiresAt)
        .Bind(25, _row.DueAt)
        .Bind(26, _row.AttemptId)
        .Bind(27, _row.AttemptUntil)
        .Execute();

    private void InsertEvent(SqliteConnection connection, int position, SetupIntentEvent entry) => connection.Prepared(InsertEventSql)
        .Bind(1, _row.Id)
        .Bind(2, position)
        .Bind(3, entry.Type.ToString())
        .Bind(4, Instants.ToUnix(entry.At))
        .Bind(5, entry.Actor)
        .Bind(6, entry.Cause)
        .Bind(7, entry.TransactionId)
        .Bind(8, entry.AuthCode)
        .Execute();
}
