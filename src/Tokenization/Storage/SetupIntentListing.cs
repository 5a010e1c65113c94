using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Pages of setup intents. Internal ids grow with time, so the id is the cursor: a page is one range of the location's index,
/// however deep it is (DESIGN D17).
/// </summary>
internal static class SetupIntentListing
{
    private const string StatusCondition = " AND status = @status";
    private const string ReferenceCondition = " AND reference = @reference";
    private const string FromCondition = " AND created_at >= @createdFrom";
    private const string ToCondition = " AND created_at < @createdTo";
    private const string OlderCondition = " AND id < @olderThan";
    private const string NewerCondition = " AND id > @newerThan";
    private const string NewestFirst = " ORDER BY id DESC LIMIT @limit";
    private const string OldestFirst = " ORDER BY id LIMIT @limit";

    private const string ListSql = $"""
        SELECT {SetupIntentRow.Columns}
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment
        """;

    public static List<StoredSetupIntent> List(SqliteConnection connection, Tenant tenant, SetupIntentPage page)
    {
        var filter = page.Filter;

        // Only constants are joined here; every value is a parameter.
        var sql = string.Concat(
        [
            ListSql,
            filter.Status is null ? "" : StatusCondition,
            filter.Reference is null ? "" : ReferenceCondition,
            filter.CreatedFrom is null ? "" : FromCondition,
            filter.CreatedTo is null ? "" : ToCondition,
            page.OlderThan is null ? "" : OlderCondition,
            page.NewerThan is null ? "" : NewerCondition,
            page.NewerThan is null ? NewestFirst : OldestFirst,
        ]);
        var rows = connection.Query<SetupIntentRow>(sql, new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            status = filter.Status?.ToString(),
            reference = filter.Reference,
            createdFrom = Instants.ToUnix(filter.CreatedFrom),
            createdTo = Instants.ToUnix(filter.CreatedTo),
            olderThan = page.OlderThan,
            newerThan = page.NewerThan,
            limit = page.Limit,
        });

        // The page before another is read upwards from its cursor, and shown downwards like the rest.
        var listed = rows.Select(row => row.ToDomain()).ToList();
        if (page.NewerThan is not null)
        {
            listed.Reverse();
        }

        return listed;
    }
}
