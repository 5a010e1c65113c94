using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.PaymentIntents;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

/// <summary>The table of payment intent events.</summary>
internal static class PaymentIntentEvents
{
    private const string LastSql = """
        SELECT type || ' ' || COALESCE(transaction_id, '')
          FROM payment_intent_events
         WHERE payment_intent_id = @recordId
         ORDER BY position DESC
         LIMIT 1
        """;

    private const string HasEndedSql = """
        SELECT EXISTS (
            SELECT 1 FROM payment_intent_events WHERE payment_intent_id = @recordId AND type IN ('Authorized', 'Captured', 'Reversed', 'Refunded', 'Canceled'))
        """;

    private const string HasSql = """
        SELECT EXISTS (SELECT 1 FROM payment_intent_events WHERE payment_intent_id = @recordId AND type = @type AND transaction_id = @transactionId)
        """;

    private const string SumsSql = """
        SELECT COALESCE(SUM(CASE type WHEN 'Captured' THEN amount END), 0) AS Captured,
               COALESCE(SUM(CASE type WHEN 'Refunded' THEN amount END), 0) AS Refunded,
               COALESCE(MAX(CASE WHEN type IN ('Reversed', 'Canceled') THEN 1 ELSE 0 END), 0) AS IsOver
          FROM payment_intent_events
         WHERE payment_intent_id = @recordId
        """;

    private static readonly EventTable s_table = new("payment_intent", hasAmount: true);

    public static void Append(DbConnection connection, long recordId, PaymentIntentEvent entry) => s_table.Append(
        connection, recordId, new StoredEvent(entry.Type.ToString(), entry.At, entry.Actor, entry.Cause, entry.TransactionId, entry.AuthCode, entry.Amount));

    /// <summary>Whether the last event is the same: repeated inquiries without an answer are one entry.</summary>
    public static bool EndsWith(DbConnection connection, long recordId, PaymentIntentEvent entry) =>
        connection.ExecuteScalar<string>(LastSql, new { recordId }) == $"{entry.Type} {entry.TransactionId}";

    /// <summary>Whether the history already has this event for this transaction.</summary>
    public static bool Has(DbConnection connection, long recordId, PaymentIntentEvent entry) =>
        connection.ExecuteScalar<bool>(HasSql, new { recordId, type = entry.Type.ToString(), transactionId = entry.TransactionId });

    /// <summary>The amounts captured and refunded, in minor units, and whether the payment was reversed or canceled, according to the history alone.</summary>
    public static (long Captured, long Refunded, bool IsOver) SumsOf(DbConnection connection, long recordId)
    {
        var (captured, refunded, isOver) = connection.QuerySingle<(long, long, long)>(SumsSql, new { recordId });
        return (captured, refunded, isOver != 0);
    }

    /// <summary>Whether the payment was charged or canceled, according to the history alone.</summary>
    public static bool HasEnded(DbConnection connection, long recordId) => connection.ExecuteScalar<bool>(HasEndedSql, new { recordId });

    public static IReadOnlyList<PaymentIntentEvent> List(DbConnection connection, StoredPaymentIntent intent) =>
        s_table.List(connection, intent.Tenant, intent.RecordId, stored => new PaymentIntentEvent(
            Enum.Parse<PaymentIntentEventType>(stored.Type), stored.At, stored.Actor, stored.Cause, stored.TransactionId, stored.AuthCode, stored.Amount));
}
