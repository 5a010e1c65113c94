using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Trail;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class AuditTrailStore(IDatabase database) : IAuditTrailStore
{
    // Found by the account's index from the newest on; whatever filters comes after.
    private const string ListSql = $"""
        {AuditStore.SelectSql}
         WHERE e.account_id = @account AND e.id < @before
           AND (@actor IS NULL OR e.actor = @actor)
           AND (@topic IS NULL OR @topic = CASE
                    WHEN substr(e.subject, 1, instr(e.subject || ':', ':') - 1) IN ('member', 'invitation', 'session') THEN 'Members'
                    WHEN substr(e.subject, 1, 4) = 'key:' THEN 'ApiKeys'
                    WHEN substr(e.subject, 1, 3) = 'si_' THEN 'Tokens'
                    WHEN substr(e.subject, 1, instr(e.subject || ':', ':') - 1) IN ('account', 'location') THEN 'Settings'
                    WHEN e.subject = 'activity' THEN 'Activity'
                END)
         ORDER BY e.id DESC
         LIMIT @limit
        """;

    private const string LastSql = """
        SELECT at FROM audit_entries
         WHERE account_id = @account AND subject = @subject AND actor = @actor AND action = @action
         ORDER BY id DESC
         LIMIT 1
        """;

    public Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, AuditFilter filter, int limit, CancellationToken ct)
    {
        var parameters = new
        {
            account = account.Value,
            before = filter.Before ?? long.MaxValue,
            actor = filter.Actor is { } member ? $"member:{member.Value}" : null,
            topic = filter.Topic?.ToString(),
            limit,
        };
        return database.ScanAsync<IReadOnlyList<RecordedAuditEntry>>(
            account,
            connection => [.. connection.Query<AuditStore.AuditRow>(ListSql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task AppendUnlessRecentAsync(AuditEntry entry, DateTimeOffset since) => database.WriteAsync(connection =>
    {
        var last = connection.ExecuteScalar<long?>(LastSql, new { account = entry.Account.Value, subject = entry.Subject, actor = entry.Actor, action = entry.Action });
        return last > Instants.ToUnix(since) ? 0 : AuditStore.Insert(connection, entry);
    });
}
