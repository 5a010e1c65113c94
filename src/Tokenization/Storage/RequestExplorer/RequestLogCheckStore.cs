using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

internal sealed class RequestLogCheckStore(IDatabase database) : IRequestLogCheckStore
{
    // Every column that holds text, except the trace id: its digits are random, and one in a thousand looks like a card number.
    private const string ScanSql = """
        SELECT id, account_id = ?3 AND location_id = ?4 AND environment = ?5, method, route, version, client_address, refusal, problem, token_id, payment_id, body
          FROM request_logs
         WHERE id > ?1 AND id <= ?2
         ORDER BY id
        """;

    private const string EndsSql = "SELECT (SELECT MIN(id) FROM request_logs), (SELECT MAX(id) FROM request_logs)";

    private const int FirstText = 2;
    private const int Columns = 11;

    private const string AddSql = """
        INSERT INTO request_log_checks (account_id, location_id, environment, at, duration, actor, entries, found)
        VALUES (@account, @location, @environment, @at, @duration, @actor, @entries, @found)
        """;

    private const string ListSql = """
        SELECT c.at AS At, c.duration AS Duration, COALESCE(m.name, c.actor) AS By, c.entries AS Entries, c.found AS Found
          FROM request_log_checks c
          LEFT JOIN members m ON m.account_id = c.account_id AND c.actor = 'member:' || m.id
         WHERE c.account_id = @account AND c.location_id = @location AND c.environment = @environment
         ORDER BY c.id DESC
         LIMIT @limit
        """;

    public Task<ScannedEntries> ScanAsync(Tenant tenant, long after, int rows, Func<string, bool> holds, CancellationToken ct) => database.ScanAsync(
        tenant,
        connection =>
        {
            var (first, newest) = EndsOf(connection);
            var from = Math.Max(after, first - 1);
            long entries = 0, found = 0;
            connection.Prepared(ScanSql)
                .Bind(1, from).Bind(2, from + rows).Bind(3, tenant.Account.Value).Bind(4, tenant.Location.Value).Bind(5, (int)tenant.Environment)
                .Each(row =>
                {
                    if (row.Int64(1) == 1)
                    {
                        entries++;
                        found += Enumerable.Range(FirstText, Columns - FirstText).Any(column => row.Text(column) is { } text && holds(text)) ? 1 : 0;
                    }
                });
            return new ScannedEntries(from + rows < newest ? from + rows : null, entries, found);
        },
        ct);

    // Over all tenants: a range of ids has at most that many rows, whichever tenants they belong to.
    private static (long First, long Newest) EndsOf(DbConnection connection)
    {
        using (connection.InScope(TenantScope.Service))
        {
            return connection.QuerySingle<(long?, long?)>(EndsSql) is ({ } first, { } newest) ? (first, newest) : (1, 0);
        }
    }

    public Task AddAsync(Tenant tenant, RequestLogCheckResult result, string actor) => database.WriteAsync(tenant, connection => connection.Execute(AddSql, new
    {
        account = tenant.Account.Value,
        location = tenant.Location.Value,
        environment = (int)tenant.Environment,
        at = UnixTime.Of(result.At),
        duration = (long)result.Duration.TotalMicroseconds,
        actor,
        entries = result.Entries,
        found = result.Found,
    }));

    public Task<IReadOnlyList<RequestLogCheckResult>> ListAsync(Tenant tenant, int limit, CancellationToken ct) => database.ReadAsync<IReadOnlyList<RequestLogCheckResult>>(
        tenant,
        connection => [.. connection.Query<(long At, long Duration, string By, long Entries, long Found)>(
                ListSql, new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment, limit })
            .Select(row => new RequestLogCheckResult(UnixTime.ToInstant(row.At), TimeSpan.FromMicroseconds(row.Duration), row.By, row.Entries, row.Found))],
        ct);
}
