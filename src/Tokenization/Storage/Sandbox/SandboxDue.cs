using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Sandbox;

namespace Dojo.Pci.Tokenization.Storage.Sandbox;

/// <summary>Counts the changes of a sandbox that time causes, by the index on due dates.</summary>
internal static class SandboxDue
{
    private const string TokensSql = """
        SELECT CASE WHEN s.status NOT IN ('Created', 'Authorized') THEN 'Destroyed' WHEN s.status = 'Created' AND s.expire_at = s.due_at THEN 'Expiring' ELSE 'CardsExpiring' END AS Kind,
               COUNT(*) AS Tokens
          FROM (SELECT setup_intent_id AS id
                  FROM token_index
                 WHERE location_id = @location AND environment = 0 AND due_at <= @until AND setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
                UNION ALL
                SELECT id FROM unindexed_tokens WHERE location_id = @location AND environment = 0 AND due_at <= @until) AS due
          JOIN setup_intents s ON s.id = due.id
         WHERE s.account_id = @account
         GROUP BY 1
        """;

    private const string PaymentsSql = """
        SELECT COALESCE(auto_expire_action, 'Release') AS Kind, COUNT(*) AS Payments
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = 0 AND status = 'Authorized' AND settle_at <= @until
         GROUP BY 1
        """;

    /// <summary>Counts the changes that are due up to an instant of the sandbox's clock.</summary>
    public static DueCounts Count(DbConnection connection, Tenant tenant, DateTimeOffset until)
    {
        var parameters = new { account = tenant.Account.Value, location = tenant.Location.Value, until = UnixTime.Of(until) };
        var counts = connection.Query<(string Kind, int Count)>(TokensSql, parameters).Concat(connection.Query<(string Kind, int Count)>(PaymentsSql, parameters))
            .ToDictionary(row => row.Kind, row => row.Count, StringComparer.Ordinal);
        return new DueCounts(Of("Expiring"), Of("CardsExpiring"), Of("Destroyed"), Of("Release"), Of("Capture"));

        int Of(string kind) => counts.GetValueOrDefault(kind);
    }
}
