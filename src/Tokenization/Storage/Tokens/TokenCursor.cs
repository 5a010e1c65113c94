using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>The token that a page goes on after: by its place, so that a page is found without counting those before it.</summary>
internal sealed record TokenCursor(long RecordId, long CreatedAt, string Reference)
{
    private const string FindSql = """
        SELECT id AS RecordId, created_at AS CreatedAt, fold(reference) AS Reference
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    /// <summary>The place of a token; for one that the tenant does not have, the place it would have by its internal id.</summary>
    public static TokenCursor? Of(DbConnection connection, Tenant tenant, long? recordId) => recordId is not { } id
        ? null
        : connection.QuerySingleOrDefault<TokenCursor>(FindSql, new
        {
            account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, recordId,
        }) ?? new TokenCursor(id, RecordIdSequence.MillisecondsOf(id) * 1000, "");
}
