using System.Data.Common;
using Dapper;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Removes the tokens of a sandbox that is being emptied from the index. It takes only tokens that the index has reached: an indexing round may already have
/// read the others, and would insert them after they are gone.
/// </summary>
internal static class ErasedTokens
{
    private const string OfSandbox = "location_id = @location AND environment = 0";

    private const string ListSql = $"""
        SELECT created_at AS CreatedAt, setup_intent_id AS Id
          FROM token_index
         WHERE {OfSandbox} AND setup_intent_id < @until AND setup_intent_id <= (SELECT indexed_up_to FROM token_index_progress)
         ORDER BY created_at, setup_intent_id
         LIMIT @limit
        """;

    private const string Erased = $"FROM token_index WHERE {OfSandbox} AND created_at <= @last AND setup_intent_id IN @ids";

    private const string ForgetSql = $"""
        INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
        SELECT location_id, environment, created_at / {TokenIndex.MicrosecondsOfHour}, outcome, account_id, -COUNT(*) {Erased}
         GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (location_id, environment, hour, outcome) DO UPDATE SET tokens = token_counts.tokens + excluded.tokens;

        DELETE {Erased};
        DELETE FROM token_changes WHERE setup_intent_id IN @ids;
        """;

    private const string AnyLeftSql = $"SELECT EXISTS (SELECT 1 FROM unindexed_tokens WHERE {OfSandbox} AND id < @until)";

    private const string ForgetAllSql = $"""
        DELETE FROM token_counts WHERE {OfSandbox} AND tokens = 0;
        DELETE FROM token_segments WHERE {OfSandbox} AND NOT EXISTS (SELECT 1 FROM token_index WHERE {OfSandbox});
        DELETE FROM token_schemes WHERE {OfSandbox} AND NOT EXISTS (SELECT 1 FROM token_index WHERE {OfSandbox});
        """;

    private const string CountSql = $"SELECT COALESCE(SUM(tokens), 0) FROM token_counts WHERE {OfSandbox}";

    /// <summary>Counts the tokens of a sandbox in the index.</summary>
    public static long Count(DbConnection connection, long location) => connection.ExecuteScalar<long>(CountSql, new { location });

    /// <summary>Removes the oldest tokens with ids below a limit from the index.</summary>
    /// <returns>The ids of the removed tokens.</returns>
    public static IReadOnlyList<long> Forget(DbConnection connection, long location, long until, int limit)
    {
        var tokens = connection.Query<(long CreatedAt, long Id)>(ListSql, new { location, until, limit }).AsList();
        var ids = tokens.ConvertAll(token => token.Id);
        if (ids.Count > 0)
        {
            connection.Execute(ForgetSql, new { location, last = tokens[^1].CreatedAt, ids });
        }

        return ids;
    }

    /// <summary>Whether there are tokens with ids below a limit that the index has not reached yet.</summary>
    public static bool AreLeft(DbConnection connection, long location, long until) => connection.ExecuteScalar<bool>(AnyLeftSql, new { location, until });

    /// <summary>Deletes what the index knows about a sandbox that no longer has tokens.</summary>
    public static void ForgetAll(DbConnection connection, long location) => connection.Execute(ForgetAllSql, new { location });
}
