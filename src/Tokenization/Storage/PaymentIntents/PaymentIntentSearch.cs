using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

/// <summary>Reads pages of payment intents: the next few of each wanted status by the status's index, and the first of those (DESIGN D17).</summary>
internal static class PaymentIntentSearch
{
    private const string PlaceSql = """
        SELECT created_at
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @place
        """;

    public static IReadOnlyList<StoredPaymentIntent> Run(DbConnection connection, Tenant tenant, PaymentIntentPage page)
    {
        using var snapshot = connection.BeginSnapshot();
        var parameters = new DynamicParameters();
        parameters.Add("account", tenant.Account.Value);
        parameters.Add("location", tenant.Location.Value);
        parameters.Add("environment", (int)tenant.Environment);
        parameters.Add("from", UnixTime.Of(page.From) ?? long.MinValue);
        parameters.Add("to", UnixTime.Of(page.To) ?? long.MaxValue);
        parameters.Add("limit", page.Limit);
        parameters.Add("place", page.NewerThan ?? page.OlderThan);
        parameters.Add("placeAt", page is { NewerThan: null, OlderThan: null } ? null : connection.ExecuteScalar<long?>(PlaceSql, parameters));

        var (sign, direction) = page.NewerThan is null ? ("<", "DESC") : (">", "ASC");
        var beyond = page is { NewerThan: null, OlderThan: null } ? "" : $"AND (created_at, id) {sign} (@placeAt, @place)";
        var statuses = page.Statuses.Distinct().Select(status => $"""
            SELECT *
              FROM (SELECT {PaymentIntentRow.Columns.Selected}
                      FROM payment_intents
                     WHERE location_id = @location AND environment = @environment AND status = '{status}' AND account_id = @account
                       AND created_at BETWEEN @from AND @to {beyond}
                     ORDER BY created_at {direction}, id {direction}
                     LIMIT @limit) AS of_status
            """);
        var sql = $"{string.Join(" UNION ALL ", statuses)} ORDER BY CreatedAt {direction}, Id {direction} LIMIT @limit";
        var found = connection.Query<PaymentIntentRow>(sql, parameters).Select(row => row.ToDomain()).ToList();
        if (page.NewerThan is not null)
        {
            found.Reverse(); // read upwards from the cursor, and shown downwards like the rest
        }

        return found;
    }
}
