using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Storage.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Sandbox;

/// <summary>
/// Deletes all rows of a sandbox that is being emptied, in an order that their references allow, some at a time, so that the writer serves others in between.
/// Histories and settlements can be deleted because <c>sandbox_erasures</c> names the location; their triggers check that.
/// </summary>
internal static class SandboxRows
{
    private const int AtOnce = 200;

    private const string OfSandbox = "location_id = @location AND environment = 0";

    private const string PaymentsSql = $"SELECT id FROM payment_intents WHERE {OfSandbox} AND id < @until LIMIT @limit";

    // Payments created since the erasure was requested, with an older token.
    private const string PaymentsOfTokensSql = """
        SELECT id FROM payment_intents WHERE setup_intent_id IN @ids
        UNION
        SELECT id FROM payment_intents WHERE saved_card_id IN @ids
        """;

    private const string ErasePaymentsSql = """
        DELETE FROM payment_receipts WHERE payment_intent_id IN @ids;
        DELETE FROM payment_settlements WHERE payment_intent_id IN @ids;
        DELETE FROM payment_intent_events WHERE payment_intent_id IN @ids;
        DELETE FROM payment_intents WHERE id IN @ids;
        """;

    // Clearing a fingerprint removes the rows of the token by card, through a trigger.
    private const string EraseTokensSql = $"""
        DELETE FROM reference_claims WHERE {OfSandbox} AND reference IN (SELECT reference FROM setup_intents WHERE id IN @ids);
        UPDATE setup_intents SET card_fingerprint = NULL WHERE id IN @ids;
        DELETE FROM customer_cards WHERE setup_intent_id IN @ids;
        DELETE FROM setup_intent_events WHERE setup_intent_id IN @ids;
        DELETE FROM setup_intents WHERE id IN @ids;
        """;

    private const string CustomersSql = $"SELECT id FROM customers WHERE {OfSandbox} AND id < @until LIMIT @limit";

    private const string EraseCustomersSql = """
        DELETE FROM customer_cards WHERE customer_id IN @ids;
        DELETE FROM customer_secrets WHERE customer_id IN @ids;
        DELETE FROM customers WHERE id IN @ids;
        """;

    private const string Subscriptions = $"SELECT id FROM webhook_subscriptions WHERE {OfSandbox}";

    private const string Keys = $"SELECT id FROM api_keys WHERE {OfSandbox}";

    // Rows that refer to tokens without a foreign key are deleted first. Their times are real time, not times of the sandbox's clock.
    private static readonly string[] s_first =
    [
        $"""
        DELETE FROM idempotency_keys
         WHERE {OfSandbox} AND key_hash IN (SELECT key_hash FROM idempotency_keys WHERE {OfSandbox} AND created_at <= @asked LIMIT @limit)
        """,
        $"DELETE FROM webhook_packed_events WHERE id IN (SELECT id FROM webhook_packed_events WHERE subscription_id IN ({Subscriptions}) AND queued_at <= @asked LIMIT @limit)",
        $"DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE subscription_id IN ({Subscriptions}) AND queued_at <= @asked LIMIT @limit)",
    ];

    private static readonly string s_requestsSql = $"""
        DELETE FROM request_logs
         WHERE id IN (SELECT id FROM request_logs WHERE kind_id IN (SELECT id FROM request_kinds WHERE {OfSandbox}) LIMIT @limit)
        """;

    // These rows are few and are deleted together. The sandbox's request kinds are deleted with all kinds that the log no longer uses.
    private static readonly string s_eraseRestSql = $"""
        DELETE FROM sandbox_faults WHERE location_id = @location;
        DELETE FROM webhook_secrets WHERE subscription_id IN ({Subscriptions});
        DELETE FROM webhook_subscription_events WHERE subscription_id IN ({Subscriptions});
        DELETE FROM webhook_subscriptions WHERE {OfSandbox};
        DELETE FROM request_error_marks WHERE {OfSandbox};
        DELETE FROM request_log_checks WHERE {OfSandbox};
        DELETE FROM api_key_usage WHERE api_key_id IN ({Keys});
        DELETE FROM api_key_minutes WHERE api_key_id IN ({Keys});
        DELETE FROM api_figures WHERE {OfSandbox};
        """;

    /// <summary>Erases some of the rows that a reset deletes.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="location">The location.</param>
    /// <param name="asked">When the reset was requested, in microseconds since 1970: newer rows stay.</param>
    /// <param name="until">The same limit as an id: the first id that stays.</param>
    /// <returns>The number of rows, and how many of them were tokens; 0 if no row is left that can be erased now.</returns>
    public static (int Rows, int Tokens) Erase(DbConnection connection, long location, long asked, long until)
    {
        var parameters = new { location, asked, until, limit = AtOnce };
        foreach (var sql in s_first)
        {
            if (connection.Execute(sql, parameters) is > 0 and var rows)
            {
                return (rows, 0);
            }
        }

        if (EraseListed(connection, PaymentsSql, ErasePaymentsSql, parameters) is > 0 and var payments)
        {
            return (payments, 0);
        }

        if (ErasedTokens.Forget(connection, location, until, AtOnce) is { Count: > 0 } ids)
        {
            EraseListed(connection, PaymentsOfTokensSql, ErasePaymentsSql, new { ids });
            connection.Execute(EraseTokensSql, new { location, ids });
            return (ids.Count, ids.Count);
        }

        return (EraseListed(connection, CustomersSql, EraseCustomersSql, parameters), 0);
    }

    /// <summary>Erases some of the request log.</summary>
    /// <returns>The number of erased entries.</returns>
    public static int EraseRequests(DbConnection connection, long location) => connection.Execute(s_requestsSql, new { location, limit = AtOnce });

    /// <summary>Erases what a reset leaves, except the keys: they are deleted like any other key, and the audit trail names them.</summary>
    public static void EraseRest(DbConnection connection, long location) => connection.Execute(s_eraseRestSql, new { location });

    private static int EraseListed(DbConnection connection, string listSql, string eraseSql, object parameters)
    {
        var ids = connection.Query<long>(listSql, parameters).AsList();
        if (ids.Count > 0)
        {
            connection.Execute(eraseSql, new { ids });
        }

        return ids.Count;
    }
}
