using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Storage.Audit;

internal sealed class AuditTrailStore(IDatabase database) : IAuditTrailStore
{
    // Newest first by time, and by id within an instant. Each of the three indexes of V015 gives that order.
    private const string NewestSql = "ORDER BY e.at DESC, e.id DESC LIMIT @limit";

    private const string BeforeSql = "(e.at, e.id) < ((SELECT at FROM audit_entries WHERE id = @before), @before)";

    // Matches what people read in an entry: its text and the names of its actor and subject.
    private const string TextSql = """
        (e.action LIKE @text ESCAPE '\' OR e.detail LIKE @text ESCAPE '\' OR e.address LIKE @text ESCAPE '\' OR e.subject LIKE @text ESCAPE '\'
         OR m.name LIKE @text ESCAPE '\' OR k.name LIKE @text ESCAPE '\' OR l.name LIKE @text ESCAPE '\' OR s.name LIKE @text ESCAPE '\' OR i.email LIKE @text ESCAPE '\'
         OR e.action IN @actions OR e.detail IN @operations)
        """;

    private const string LastSql = """
        SELECT at FROM audit_entries
         WHERE account_id = @account AND subject = @subject AND actor = @actor AND action = @action
         ORDER BY id DESC
         LIMIT 1
        """;

    public Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, AuditFilter filter, int limit, CancellationToken ct)
    {
        var text = filter.Text?.Trim() ?? "";
        var parameters = new
        {
            account = account.Value,
            before = filter.Before,
            actor = filter.Actor is { } member ? $"member:{member.Value}" : null,
            topic = filter.Topic?.ToString(),
            from = UnixTime.Of(filter.From),
            to = UnixTime.Of(filter.To),
            text = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%",
            actions = AuditWords.ActionsSaying(text),
            operations = AuditWords.OperationsSaying(text),
            limit,
        };
        return database.ScanAsync<IReadOnlyList<RecordedAuditEntry>>(
            account,
            connection => [.. connection.Query<AuditStore.AuditRow>(SqlFor(filter, text), parameters).Select(row => row.ToDomain())], ct);
    }

    /// <summary>The statement for a filter, with the index that serves it: by default the engine chooses another one while the trail is short.</summary>
    internal static string SqlFor(AuditFilter filter, string text)
    {
        string?[] conditions =
        [
            "e.account_id = @account",
            filter.Topic is null ? null : "e.topic = @topic",
            filter.Actor is null ? null : "e.actor = @actor",
            filter.From is null ? null : "e.at >= @from",
            filter.To is null ? null : "e.at < @to",
            filter.Before is null ? null : BeforeSql,
            text.Length == 0 ? null : TextSql,
        ];
        var index = filter.Actor is not null ? "ix_audit_entries_actor" : filter.Topic is not null ? "ix_audit_entries_topic" : "ix_audit_entries_time";
        return $"{AuditStore.Columns} FROM audit_entries e INDEXED BY {index} {AuditStore.Joins} WHERE {string.Join(" AND ", conditions.OfType<string>())} {NewestSql}";
    }

    public Task AppendUnlessRecentAsync(AuditEntry entry, DateTimeOffset since) => database.WriteAsync(entry.Account, connection =>
    {
        var last = connection.ExecuteScalar<long?>(LastSql, new { account = entry.Account.Value, subject = entry.Subject, actor = entry.Actor, action = entry.Action });
        return last > UnixTime.Of(since) ? 0 : AuditStore.Insert(connection, entry);
    });
}
