using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

internal sealed class RequestLogViewStore(IDatabase database) : IRequestLogViewStore
{
    private const string ListSql = "SELECT id AS Id, name AS Name, query AS Query FROM request_log_views WHERE account_id = @account AND member_id = @member ORDER BY name COLLATE NOCASE";

    private const string SaveSql = """
        INSERT INTO request_log_views (account_id, member_id, name, query, created_at)
        SELECT @account, @member, @name, @query, @at
         WHERE (SELECT COUNT(*) FROM request_log_views WHERE member_id = @member AND name <> @name) < @most
            ON CONFLICT (member_id, name) DO UPDATE SET query = excluded.query
        """;

    private const string DeleteSql = "DELETE FROM request_log_views WHERE id = @id AND account_id = @account AND member_id = @member";

    public Task<IReadOnlyList<RequestLogView>> ListAsync(AccountId account, MemberId member, CancellationToken ct) => database.ReadAsync<IReadOnlyList<RequestLogView>>(
        account,
        connection => connection.Query<RequestLogView>(ListSql, new { account = account.Value, member = member.Value }).AsList(), ct);

    public async Task<bool> SaveAsync(AccountId account, MemberId member, string name, string query, DateTimeOffset at, int most) =>
        await database.WriteAsync(account, connection => connection.Execute(SaveSql, new { account = account.Value, member = member.Value, name, query, at = UnixTime.Of(at), most })) > 0;

    public Task DeleteAsync(AccountId account, MemberId member, long id) =>
        database.WriteAsync(account, connection => connection.Execute(DeleteSql, new { account = account.Value, member = member.Value, id }));
}
