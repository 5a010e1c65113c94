using Dapper;
using Dojo.Pci.Tokenization.PaymentIntents;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

/// <summary>The table of payment intent events.</summary>
internal static class PaymentIntentEvents
{
    private const string AppendSql = """
        INSERT INTO payment_intent_events (payment_intent_id, position, type, at, actor, cause, transaction_id, auth_code, amount)
        SELECT @recordId, COALESCE(MAX(position) + 1, 0), @type, @at, @actor, @cause, @transactionId, @authCode, @amount
          FROM payment_intent_events
         WHERE payment_intent_id = @recordId
        """;

    private const string LastSql = """
        SELECT type || ' ' || COALESCE(transaction_id, '')
          FROM payment_intent_events
         WHERE payment_intent_id = @recordId
         ORDER BY position DESC
         LIMIT 1
        """;

    private const string ListSql = """
        SELECT e.type AS Type, e.at AS At, e.actor AS Actor, e.cause AS Cause, e.transaction_id AS TransactionId, e.auth_code AS AuthCode, e.amount AS Amount
          FROM payment_intent_events e
          JOIN payment_intents p ON p.id = e.payment_intent_id
         WHERE p.account_id = @account AND p.location_id = @location AND p.environment = @environment AND p.id = @recordId
         ORDER BY e.position
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
               COALESCE(MAX(type IN ('Reversed', 'Canceled')), 0) AS IsOver
          FROM payment_intent_events
         WHERE payment_intent_id = @recordId
        """;

    public static void Append(SqliteConnection connection, long recordId, PaymentIntentEvent entry) =>
        connection.Execute(AppendSql, new
        {
            recordId,
            type = entry.Type.ToString(),
            at = UnixTime.Of(entry.At),
            actor = entry.Actor,
            cause = entry.Cause,
            transactionId = entry.TransactionId,
            authCode = entry.AuthCode,
            amount = entry.Amount,
        });

    /// <summary>Whether the same happened last: asking again without an answer, time after time, is one entry.</summary>
    public static bool EndsWith(SqliteConnection connection, long recordId, PaymentIntentEvent entry) =>
        connection.ExecuteScalar<string>(LastSql, new { recordId }) == $"{entry.Type} {entry.TransactionId}";

    /// <summary>Whether this happened to this transaction already.</summary>
    public static bool Has(SqliteConnection connection, long recordId, PaymentIntentEvent entry) =>
        connection.ExecuteScalar<bool>(HasSql, new { recordId, type = entry.Type.ToString(), transactionId = entry.TransactionId });

    /// <summary>What was captured and refunded, in minor units, and whether it was reversed or canceled, no matter what its row says.</summary>
    public static (long Captured, long Refunded, bool IsOver) SumsOf(SqliteConnection connection, long recordId)
    {
        var (captured, refunded, isOver) = connection.QuerySingle<(long, long, long)>(SumsSql, new { recordId });
        return (captured, refunded, isOver != 0);
    }

    /// <summary>Whether it was charged or canceled, no matter what its row says.</summary>
    public static bool HasEnded(SqliteConnection connection, long recordId) => connection.ExecuteScalar<bool>(HasEndedSql, new { recordId });

    public static IReadOnlyList<PaymentIntentEvent> List(SqliteConnection connection, StoredPaymentIntent intent) =>
        [.. connection.Query<EventRow>(ListSql, new
        {
            account = intent.Tenant.Account.Value,
            location = intent.Tenant.Location.Value,
            environment = (int)intent.Tenant.Environment,
            recordId = intent.RecordId,
        }).Select(row => row.ToDomain())];

    private sealed record EventRow
    {
        public required string Type { get; init; }

        public required long At { get; init; }

        public required string Actor { get; init; }

        public required string Cause { get; init; }

        public string? TransactionId { get; init; }

        public string? AuthCode { get; init; }

        public long? Amount { get; init; }

        public PaymentIntentEvent ToDomain() =>
            new(Enum.Parse<PaymentIntentEventType>(Type), UnixTime.ToInstant(At), Actor, Cause, TransactionId, AuthCode, Amount);
    }
}
