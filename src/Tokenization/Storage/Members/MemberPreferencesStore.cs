using Dapper;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberPreferencesStore(IDatabase database) : IMemberPreferencesStore
{
    private const string Columns = "time_zone AS TimeZone, first_steps_dismissed_at AS FirstStepsDismissedAt";

    private const string GetSql = $"SELECT {Columns} FROM members WHERE id = @member";

    private const string SetTimeZoneSql = $"UPDATE members SET time_zone = @timeZone WHERE id = @member RETURNING {Columns}";

    private const string SetDismissedSql = $"UPDATE members SET first_steps_dismissed_at = @at WHERE id = @member RETURNING {Columns}";

    public Task<MemberPreferences> GetAsync(MemberId member, CancellationToken ct) =>
        database.ReadAsync(connection => connection.QuerySingle<PreferencesRow>(GetSql, new { member = member.Value }).ToDomain(), ct);

    public Task<MemberPreferences> SetTimeZoneAsync(MemberId member, string? timeZone) =>
        database.WriteAsync(connection => connection.QuerySingle<PreferencesRow>(SetTimeZoneSql, new { member = member.Value, timeZone }).ToDomain());

    public Task<MemberPreferences> SetFirstStepsDismissedAsync(MemberId member, DateTimeOffset? at) =>
        database.WriteAsync(connection => connection.QuerySingle<PreferencesRow>(SetDismissedSql, new { member = member.Value, at = UnixTime.Of(at) }).ToDomain());

    private sealed record PreferencesRow
    {
        public string? TimeZone { get; init; }

        public long? FirstStepsDismissedAt { get; init; }

        public MemberPreferences ToDomain() => new(TimeZone, FirstStepsDismissedAt is not null);
    }
}
