using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>A row of <c>setup_intents</c> with its seal and the number of its events.</summary>
internal readonly record struct SealedRow(SetupIntentRow Row, byte[]? Seal, long Events)
{
    /// <summary>The columns that follow <see cref="SetupIntentRow.Columns"/> in the rows that <see cref="Read"/> reads.</summary>
    public const string Columns = """
        seal, (SELECT COALESCE(MAX(e.position) + 1, 0) FROM setup_intent_events e WHERE e.setup_intent_id = setup_intents.id)
        """;

    private static readonly int s_sealColumn = SetupIntentRow.Columns.Count;
    private static readonly int s_eventsColumn = s_sealColumn + 1;

    /// <summary>The sealed part of the row.</summary>
    public TokenState State => new()
    {
        RecordId = Row.Id,
        Tenant = Row.Tenant,
        Status = Row.Status,
        Events = Events,
        UpdatedAt = Row.UpdatedAt,
        TransactionType = Row.TransactionType,
        CardExpiry = Row.CardExpiry,
        HasCard = Row.CardRecord is not null,
        AttemptId = Row.AttemptId,
        ChargedBy = Row.ChargedBy,
    };

    public static SealedRow Read(PreparedStatement row) => new(SetupIntentRow.Read(row), row.Blob(s_sealColumn), row.Int64(s_eventsColumn));

    /// <summary>Returns the sealed part of a new setup intent.</summary>
    public static TokenState StateOf(StoredSetupIntent intent, int events) => new()
    {
        RecordId = intent.RecordId,
        Tenant = intent.Tenant,
        Status = Enum.GetName(intent.Status)!,
        Events = events,
        UpdatedAt = UnixTime.Of(intent.UpdatedAt),
        TransactionType = intent.Mandate.TransactionType,
        CardExpiry = SetupIntentRow.NumberOf(intent.Card?.Expiry),
        HasCard = intent.Card?.SealedRecord is not null,
        AttemptId = intent.Attempt?.TransactionId,
        ChargedBy = null,
    };
}
