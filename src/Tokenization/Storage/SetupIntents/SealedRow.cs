using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>A row of <c>setup_intents</c> with its seal, and with how long its history is.</summary>
internal readonly record struct SealedRow(SetupIntentRow Row, byte[]? Seal, long Events)
{
    /// <summary>Follows <see cref="SetupIntentRow.Columns"/> where <see cref="Read"/> reads.</summary>
    public const string Columns = """
        seal, (SELECT COALESCE(MAX(e.position) + 1, 0) FROM setup_intent_events e WHERE e.setup_intent_id = setup_intents.id)
        """;

    private static readonly int s_sealColumn = SetupIntentRow.Columns.Count;
    private static readonly int s_eventsColumn = s_sealColumn + 1;

    /// <summary>What of it is sealed.</summary>
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

    /// <summary>What is sealed of a setup intent that is being made.</summary>
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
