using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Tokens;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>Lists pages of setup intents in the same way as the token search of members: a page continues after a token, at any depth (DESIGN D17).</summary>
internal static class SetupIntentListing
{
    private static readonly string s_loadSql = $"""
        SELECT {SetupIntentRow.Columns.Selected}
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id IN @ids
        """;

    public static List<StoredSetupIntent> List(DbConnection connection, Tenant tenant, SetupIntentPage page)
    {
        using var snapshot = connection.BeginSnapshot();
        var filter = page.Filter;
        var search = new TokenSearch
        {
            Statuses = new(filter.Status),
            CreatedFrom = filter.CreatedFrom,
            CreatedTo = filter.CreatedTo,
            Sort = page.NewerThan is null ? TokenSort.Newest : TokenSort.Oldest,
        };
        var sql = new TokenSearchSql(tenant, search, TokenCursor.Of(connection, tenant, page.NewerThan ?? page.OlderThan), page.Limit, filter.Reference);
        var ids = connection.Query<long>(sql.Along(TokenPaths.For(connection, sql, search, filter.Reference)), sql.Parameters).AsList();

        // A previous page is read upwards from its cursor, and shown downwards like the others.
        if (page.NewerThan is not null)
        {
            ids.Reverse();
        }

        var rows = connection.Query<SetupIntentRow>(s_loadSql, new
        {
            account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, ids,
        }).ToDictionary(row => row.Id);
        return [.. ids.Select(id => rows[id].ToDomain())];
    }
}
