using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// The token tables that are written later, thousands of tokens at a time. Several transactions insert them in table order, so
/// each touches few pages regardless of the number of tokens and locations, and other writes wait for a millisecond or so. The rows that they
/// insert were read in parallel with the writer: if a token changes in between, that is noted.
/// </summary>
internal sealed class TokenIndex(IDatabase database) : ITokenIndex
{
    /// <summary>The outcome of a token's card, for a row <c>s</c> of <c>setup_intents</c>: the last answer counts.</summary>
    internal const string OutcomeOf = """
        COALESCE(
            (SELECT CASE e.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE e.type END
               FROM setup_intent_events e
              WHERE e.setup_intent_id = s.id
                AND (e.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR (e.type = 'CardExpired' AND e.at = s.created_at))
              ORDER BY e.position DESC
              LIMIT 1),
            'Created')
        """;

    internal const string MicrosecondsOfHour = "3600000000";

    // Takes a few milliseconds to read.
    private const int ReadAtOnce = 512;

    private const string IsBehindSql = """
        SELECT EXISTS (SELECT 1 FROM token_changes)
            OR (SELECT MAX(id) FROM setup_intents) > (SELECT indexed_up_to FROM token_index_progress)
        """;

    private const string NotesSql = """
        SELECT MAX(sequence) AS Last, COUNT(*) AS Tokens FROM (SELECT sequence FROM token_changes ORDER BY sequence LIMIT @limit) AS noted
        """;

    private const string InsertCounts = $"""
        INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
        SELECT location_id, environment, created_at / {MicrosecondsOfHour}, outcome, account_id,
        """;

    private const string AddCounts = """
         GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (location_id, environment, hour, outcome) DO UPDATE SET tokens = token_counts.tokens + excluded.tokens
        """;

    private const string Noted = """
        FROM token_index
         WHERE (location_id, environment, created_at, setup_intent_id)
            IN (SELECT s.location_id, s.environment, s.created_at, s.id
                  FROM token_changes c CROSS JOIN setup_intents s ON s.id = c.setup_intent_id
                 WHERE c.sequence <= @last)
        """;

    // Noted tokens are first subtracted from the counts that include them, and then counted again.
    private static readonly string s_takeNotesSql = $"""
        {InsertCounts} -COUNT(*) {Noted} {AddCounts};

        INSERT INTO token_index ({IndexedToken.Columns.Names}, segment)
        SELECT *, {TokenSegments.Newest} FROM ({IndexedToken.Select}
         WHERE s.id IN (SELECT setup_intent_id FROM token_changes WHERE sequence <= @last)
           AND s.id <= (SELECT indexed_up_to FROM token_index_progress)) AS noted
         ORDER BY 1, 2, 3, 4
        ON CONFLICT (location_id, environment, created_at, setup_intent_id)
        DO UPDATE SET status = excluded.status, outcome = excluded.outcome, due_at = excluded.due_at;

        {InsertCounts} COUNT(*) {Noted} {AddCounts};

        {TokenSchemes.Note} SELECT DISTINCT location_id, environment, card_scheme {Noted} AND card_scheme IS NOT NULL {TokenSchemes.OrKnown};
        """;

    private const string NotedReferencesSql = """
        SELECT i.location_id, i.environment, i.segment, i.folded_reference
          FROM token_changes c
          CROSS JOIN setup_intents s ON s.id = c.setup_intent_id
          CROSS JOIN token_index i
             ON i.location_id = s.location_id AND i.environment = s.environment AND i.created_at = s.created_at AND i.setup_intent_id = s.id
         WHERE c.sequence <= @last
        """;

    private const string ForgetNotesSql = "DELETE FROM token_changes WHERE sequence <= @last";

    // Continues with the tokens that an earlier process began to index, if it ended before it finished.
    private const string BeginSql = """
        UPDATE token_index_progress
           SET indexing_up_to = COALESCE(
                   (SELECT MAX(id) FROM (SELECT id FROM setup_intents WHERE id > indexed_up_to ORDER BY id LIMIT @limit) AS next), indexed_up_to)
         WHERE indexing_up_to = indexed_up_to
        """;

    private static readonly string s_listSql = $"""
        {IndexedToken.SelectToRead}
         WHERE s.id > MAX(?1, (SELECT indexed_up_to FROM token_index_progress)) AND s.id <= (SELECT indexing_up_to FROM token_index_progress)
           AND (s.location_id, s.environment, s.created_at, s.id) > (SELECT at_location, at_environment, at_created, at_id FROM token_index_progress)
         ORDER BY s.id
         LIMIT ?2
        """;

    private static readonly string s_insertSql = $"""
        INSERT INTO token_index ({IndexedToken.Columns.Names}, segment) VALUES ({IndexedToken.Columns.Places}, ?{IndexedToken.Columns.Count + 1})
        """;

    private const string CountSql = """
        INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (location_id, environment, hour, outcome) DO UPDATE SET tokens = token_counts.tokens + excluded.tokens
        """;

    private const string MoveSql = "UPDATE token_index_progress SET at_location = ?1, at_environment = ?2, at_created = ?3, at_id = ?4";

    private const string EndSql = """
        UPDATE token_index_progress
           SET indexed_up_to = indexing_up_to, at_location = 0, at_environment = 0, at_created = 0, at_id = 0
        """;

    public Task<bool> IsBehindAsync(CancellationToken ct) => database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<bool>(IsBehindSql), ct);

    public async Task<int> CatchUpAsync(int limit, int atOnce)
    {
        await database.WriteAsync(TenantScope.Service, connection => connection.Execute(BeginSql, new { limit }));
        var tokens = await ListAsync();
        foreach (var chunk in tokens.Chunk(atOnce))
        {
            await database.WriteAsync(TenantScope.Service, connection => Take(connection, chunk));
        }

        await database.WriteAsync(TenantScope.Service, connection => connection.Execute(EndSql));
        return tokens.Count + await TakeNotesAsync(limit - tokens.Count, atOnce);
    }

    // In index order. Read in pieces, because a long-running reader keeps the database's log from restarting.
    private async Task<List<IndexedToken>> ListAsync()
    {
        var tokens = new List<IndexedToken>();
        while (await database.ReadAsync(TenantScope.Service, connection => ListAfter(connection, tokens.LastOrDefault()), CancellationToken.None) is { Count: > 0 } next)
        {
            tokens.AddRange(next);
        }

        tokens.Sort(IndexedToken.InOrderOfIndex);
        return tokens;
    }

    private static List<IndexedToken> ListAfter(DbConnection connection, IndexedToken? last) =>
        connection.Prepared(s_listSql).Bind(1, last?.Id ?? 0).Bind(2, ReadAtOnce).Query(row => last = IndexedToken.Read(row, last));

    private async Task<int> TakeNotesAsync(int limit, int atOnce)
    {
        var taken = 0;
        while (taken < limit && await database.WriteAsync(TenantScope.Service, connection => TakeNotes(connection, Math.Min(atOnce, limit - taken))) is > 0 and var notes)
        {
            taken += notes;
        }

        return taken;
    }

    private static int TakeNotes(DbConnection connection, int limit)
    {
        var (last, tokens) = connection.QuerySingle<(long? Last, int Tokens)>(NotesSql, new { limit });
        if (tokens > 0)
        {
            connection.Execute(s_takeNotesSql, new { last });
            TokenSegments.AddLate(connection, connection.Query<(long, long, long, string)>(NotedReferencesSql, new { last }));
            CardIndex.AddLate(connection, last!.Value);
            connection.Execute(ForgetNotesSql, new { last });
        }

        return tokens;
    }

    private static int Take(DbConnection connection, IndexedToken[] chunk)
    {
        var insert = connection.Prepared(s_insertSql);
        var segments = new TokenSegments(connection);
        foreach (var token in chunk)
        {
            token.BindTo(insert).Bind(12, segments.Next(token)).ExecuteLater();
        }

        segments.Save();
        TokenSchemes.Add(connection, chunk);

        var count = connection.Prepared(CountSql);
        foreach (var (of, tokens) in chunk.CountBy(token => (token.Location, token.Environment, token.Hour, token.Outcome, token.Account)))
        {
            count.Bind(1, of.Location).Bind(2, of.Environment).Bind(3, of.Hour).Bind(4, of.Outcome).Bind(5, of.Account).Bind(6, tokens).ExecuteLater();
        }

        var last = chunk[^1];
        connection.Prepared(MoveSql).Bind(1, last.Location).Bind(2, last.Environment).Bind(3, last.CreatedAt).Bind(4, last.Id).ExecuteLater();
        return chunk.Length;
    }
}
