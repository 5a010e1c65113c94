using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class InactiveMemberStore(IDatabase database) : IInactiveMemberStore
{
    private const string DisableSql = """
        UPDATE members SET is_disabled = 1
         WHERE is_disabled = 0 AND MAX(COALESCE(last_signed_in_at, 0), active_since) <= @lastSeen
        RETURNING id AS Id, account_id AS AccountId
        """;

    public Task DisableAsync(DateTimeOffset lastSeen, Func<AccountId, MemberId, AuditEntry> entry) => database.WriteAsync(TenantScope.Service, connection =>
    {
        var disabled = connection.Query<DisabledRow>(DisableSql, new { lastSeen = UnixTime.Of(lastSeen) }).AsList();
        foreach (var row in disabled)
        {
            var id = new MemberId(row.Id);
            var cause = entry(new AccountId(row.AccountId), id);
            AuditStore.Insert(connection, cause);
            MemberRights.EndAll(connection, id, cause);
        }

        return disabled.Count;
    });

    private sealed record DisabledRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }
    }
}
