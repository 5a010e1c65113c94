using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The table of setup intent events, for the stores that change setup intents.</summary>
internal static class SetupIntentEvents
{
    private const string AppendSql = """
        INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, cause, transaction_id, auth_code)
        SELECT @recordId, COALESCE(MAX(position) + 1, 0), @type, @at, @actor, @cause, @transactionId, @authCode
          FROM setup_intent_events
         WHERE setup_intent_id = @recordId
        """;

    private const string ListSql = """
        SELECT e.type AS Type, e.at AS At, e.actor AS Actor, e.cause AS Cause, e.transaction_id AS TransactionId, e.auth_code AS AuthCode
          FROM setup_intent_events e
          JOIN setup_intents s ON s.id = e.setup_intent_id
         WHERE s.account_id = @account AND s.location_id = @location AND s.environment = @environment AND s.id = @recordId
         ORDER BY e.position
        """;

    public static void Append(SqliteConnection connection, long recordId, SetupIntentEvent entry) =>
        connection.Execute(AppendSql, new
        {
            recordId,
            type = entry.Type.ToString(),
            at = Instants.ToUnix(entry.At),
            actor = entry.Actor,
            cause = entry.Cause,
            transactionId = entry.TransactionId,
            authCode = entry.AuthCode,
        });

    public static IReadOnlyList<SetupIntentEvent> List(SqliteConnection connection, Tenant tenant, long recordId) =>
        [.. connection.Query<EventRow>(ListSql, new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            recordId,
        }).Select(row => row.ToDomain())];

    private sealed record EventRow
    {
        public required string Type { get; init; }

        public required long At { get; init; }

        public required string Actor { get; init; }

        public required string Cause { get; init; }

        public string? TransactionId { get; init; }

        public string? AuthCode { get; init; }

        public SetupIntentEvent ToDomain() =>
            new(Enum.Parse<SetupIntentEventType>(Type), Instants.FromUnix(At), Actor, Cause, TransactionId, AuthCode);
    }
}
