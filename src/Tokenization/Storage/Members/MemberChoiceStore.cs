using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberChoiceStore(IDatabase database) : IMemberChoiceStore
{
    private const string WithPrefix = "member_id = @member AND name >= @prefix AND name < @prefixEnd";

    private const string ListSql = $"SELECT name, value FROM member_choices WHERE {WithPrefix}";

    private const string SetSql = """
        INSERT INTO member_choices (member_id, name, value, chosen_at) VALUES (@member, @name, @value, @at)
        ON CONFLICT (member_id, name) DO UPDATE SET value = excluded.value, chosen_at = excluded.chosen_at
        """;

    private const string RemoveSql = "DELETE FROM member_choices WHERE member_id = @member AND name IN @names";

    private const string ForgetSql = $"DELETE FROM member_choices WHERE {WithPrefix} AND chosen_at < @before";

    public Task<IReadOnlyDictionary<string, string>> ListAsync(MemberId member, string prefix, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            TenantScope.Service,
            connection => connection.Query<(string Name, string Value)>(ListSql, new { member = member.Value, prefix, prefixEnd = TextRange.EndOf(prefix) })
                .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal),
            ct);

    public Task SetAsync(MemberId member, string name, string value, DateTimeOffset at) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(SetSql, new { member = member.Value, name, value, at = UnixTime.Of(at) }));

    public Task RemoveAsync(MemberId member, IReadOnlyCollection<string> names) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(RemoveSql, new { member = member.Value, names }));

    public Task ForgetAsync(MemberId member, string prefix, DateTimeOffset before) => database.WriteAsync(
        TenantScope.Service,
        connection => connection.Execute(ForgetSql, new { member = member.Value, prefix, prefixEnd = TextRange.EndOf(prefix), before = UnixTime.Of(before) }));
}
