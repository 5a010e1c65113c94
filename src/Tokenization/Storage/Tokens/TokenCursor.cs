using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>The token after which a page continues. It holds the token's sort position, so that a page is found without counting the tokens before it.</summary>
internal sealed record TokenCursor(long RecordId, long CreatedAt, string Reference)
{
    private const string FindSql = """
        SELECT id AS RecordId, created_at AS CreatedAt, fold(reference) AS Reference
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    /// <summary>The position of a token; for a token that the tenant does not have, the position that its internal id implies.</summary>
    public static TokenCursor? Of(DbConnection connection, Tenant tenant, long? recordId) => recordId is not { } id
        ? null
        : connection.QuerySingleOrDefault<TokenCursor>(FindSql, new
        {
            account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, recordId,
        }) ?? new TokenCursor(id, RecordIdSequence.MillisecondsOf(id) * 1000, "");
}
