using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>The table of setup intent events, for the stores that change setup intents.</summary>
internal static class SetupIntentEvents
{
    /// <summary>For a row of <c>setup_intents</c>: the status according to its history.</summary>
    public const string StatusByHistory = """
        (SELECT e.type
           FROM setup_intent_events e
          WHERE e.setup_intent_id = setup_intents.id
            AND e.type IN ('Created', 'Authorized', 'Completed', 'Canceled', 'Closed', 'Expired', 'CardExpired')
          ORDER BY e.position DESC
          LIMIT 1)
        """;

    private static readonly EventTable s_table = new("setup_intent", hasAmount: false);

    public static void Insert(DbConnection connection, long recordId, int position, SetupIntentEvent entry) =>
        s_table.Insert(connection, recordId, position, Store(entry));

    public static void Append(DbConnection connection, long recordId, SetupIntentEvent entry) => s_table.Append(connection, recordId, Store(entry));

    public static IReadOnlyList<SetupIntentEvent> List(DbConnection connection, Tenant tenant, long recordId) =>
        s_table.List(connection, tenant, recordId, stored => new SetupIntentEvent(
            Enum.Parse<SetupIntentEventType>(stored.Type), stored.At, stored.Actor, stored.Cause, stored.TransactionId, stored.AuthCode));

    // Enum.GetName is used because ToString boxes the value.
    private static StoredEvent Store(SetupIntentEvent entry) =>
        new(Enum.GetName(entry.Type)!, entry.At, entry.Actor, entry.Cause, entry.TransactionId, entry.AuthCode);
}
