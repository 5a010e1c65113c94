using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>The table of setup intent events, for the stores that change setup intents.</summary>
internal static class SetupIntentEvents
{
    /// <summary>For a row of <c>setup_intents</c>: its status, as its history has it.</summary>
    public const string StatusByHistory = """
        (SELECT e.type
           FROM setup_intent_events e
          WHERE e.setup_intent_id = setup_intents.id
            AND e.type IN ('Created', 'Authorized', 'Completed', 'Canceled', 'Closed', 'Expired', 'CardExpired')
          ORDER BY e.position DESC
          LIMIT 1)
        """;

    private const string AppendSql = """
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, cause, transaction_id, auth_code)
        SELECT @recordId, COALESCE(MAX(position) + 1, 0), @type, @at, @actor, @cause, @transactionId, @authCode
          FROM setup_intent_events
         WHERE setup_intent_id = @recordId
        """;

    private const string ListSql = """
        SELECT e.type, e.at, e.actor, e.cause, e.transaction_id, e.auth_code
          FROM setup_intent_events e
          JOIN setup_intents s ON s.id = e.setup_intent_id
         WHERE s.account_id = ?1 AND s.location_id = ?2 AND s.environment = ?3 AND s.id = ?4
         ORDER BY e.position
        """;

    public static void Append(SqliteConnection connection, long recordId, SetupIntentEvent entry) =>
        connection.Execute(AppendSql, new
        {
            recordId,
            type = entry.Type.ToString(),
            at = UnixTime.Of(entry.At),
            actor = entry.Actor,
            cause = entry.Cause,
            transactionId = entry.TransactionId,
            authCode = entry.AuthCode,
        });

    public static IReadOnlyList<SetupIntentEvent> List(SqliteConnection connection, Tenant tenant, long recordId) =>
        connection.Prepared(ListSql)
            .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, recordId)
            .Query(row => new SetupIntentEvent(
                Enum.Parse<SetupIntentEventType>(row.Text(0)!), UnixTime.ToInstant(row.Int64(1)), row.Text(2)!, row.Text(3)!, row.Text(4), row.Text(5)));
}
