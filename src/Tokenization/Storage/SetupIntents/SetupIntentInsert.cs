using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>
/// A new setup intent with its first events, on the way that every tokenization waits for: prepared statements, and rows that are only
/// appended. What can be worked out beforehand has been when the writer's turn comes.
/// </summary>
internal sealed class SetupIntentInsert(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[] seal)
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
            attempt_id, attempt_until, seal)
        VALUES (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)
        """;

    private const string InsertEventSql = """
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, cause, transaction_id, auth_code)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private readonly byte[]? _metadata = StoredMetadata.WriteUtf8(intent.Metadata);

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

    private bool TryClaimReference(SqliteConnection connection)
    {
        var tenant = intent.Tenant;
        return connection.Prepared(WantsUniqueReferencesSql).Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).ExecuteScalar() is not 1
            || connection.Prepared(ClaimReferenceSql).Bind(1, tenant.Location.Value).Bind(2, (int)tenant.Environment).Bind(3, intent.Reference).Execute() == 1;
    }

    // As SetupIntentRow reads them. Names by Enum.GetName: ToString puts each value into an object.
    private void InsertRow(SqliteConnection connection) => connection.Prepared(InsertSql)
        .Bind(1, intent.RecordId)
        .Bind(2, intent.Tenant.Account.Value)
        .Bind(3, intent.Tenant.Location.Value)
        .Bind(4, (int)intent.Tenant.Environment)
        .Bind(5, Enum.GetName(intent.Status))
        .Bind(6, UnixTime.Of(intent.CreatedAt))
        .Bind(7, UnixTime.Of(intent.UpdatedAt))
        .Bind(8, intent.Reference)
        .Bind(9, intent.Description)
        .BindUtf8(10, _metadata)
        .Bind(11, intent.Card?.Masked.LeadingDigits)
        .Bind(12, intent.Card?.Masked.LastFour)
        .Bind(13, intent.Card is { } card ? Enum.GetName(card.Scheme) : null)
        .Bind(14, SetupIntentRow.NumberOf(intent.Card?.Expiry))
        .Bind(15, intent.Card?.Fingerprint)
        .Bind(16, intent.Card?.SealedRecord)
        .Bind(17, intent.Mandate.TransactionType)
        .Bind(18, intent.Mandate.Terms)
        .Bind(19, intent.Mandate.IntendedAmount?.Value)
        .Bind(20, intent.Mandate.IntendedAmount?.CurrencyCode)
        .Bind(21, intent.Mandate.DetailsJson)
        .Bind(22, UnixTime.Of(intent.ExpireAt))
        .Bind(23, intent.ClientSecret?.Generation ?? 0)
        .Bind(24, UnixTime.Of(intent.ClientSecret?.ExpiresAt))
        .Bind(25, UnixTime.Of(intent.DueAt))
        .Bind(26, intent.Attempt?.TransactionId)
        .Bind(27, UnixTime.Of(intent.Attempt?.AskAt))
        .Bind(28, seal)
        .Execute();

    private void InsertEvent(SqliteConnection connection, int position, SetupIntentEvent entry) => connection.Prepared(InsertEventSql)
        .Bind(1, intent.RecordId)
        .Bind(2, position)
        .Bind(3, Enum.GetName(entry.Type))
        .Bind(4, UnixTime.Of(entry.At))
        .Bind(5, entry.Actor)
        .Bind(6, entry.Cause)
        .Bind(7, entry.TransactionId)
        .Bind(8, entry.AuthCode)
        .Execute();
}
