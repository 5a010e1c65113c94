using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberPreferencesStore(IDatabase database) : IMemberPreferencesStore
{
    private static readonly string s_columns = ColumnList.Of<PreferencesRow>().Selected;

    private static readonly string s_getSql = $"SELECT {s_columns} FROM members WHERE id = @member";

    private static readonly string s_setTimeZoneSql = $"UPDATE members SET time_zone = @timeZone WHERE id = @member RETURNING {s_columns}";

    private static readonly string s_setDismissedSql = $"UPDATE members SET first_steps_dismissed_at = @at WHERE id = @member RETURNING {s_columns}";

    public Task<MemberPreferences> GetAsync(MemberId member, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => connection.QuerySingle<PreferencesRow>(s_getSql, new { member = member.Value }).ToDomain(), ct);

    public Task<MemberPreferences> SetTimeZoneAsync(MemberId member, string? timeZone) =>
        database.WriteAsync(TenantScope.Service, connection => connection.QuerySingle<PreferencesRow>(s_setTimeZoneSql, new { member = member.Value, timeZone }).ToDomain());

    public Task<MemberPreferences> SetFirstStepsDismissedAsync(MemberId member, DateTimeOffset? at) =>
        database.WriteAsync(TenantScope.Service, connection => connection.QuerySingle<PreferencesRow>(s_setDismissedSql, new { member = member.Value, at = UnixTime.Of(at) }).ToDomain());

    private sealed record PreferencesRow
    {
        public string? TimeZone { get; init; }

        public long? FirstStepsDismissedAt { get; init; }

        public MemberPreferences ToDomain() => new(TimeZone, FirstStepsDismissedAt is not null);
    }
}
