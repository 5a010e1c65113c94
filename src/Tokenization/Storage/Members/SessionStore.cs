using System.Data.Common;
using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class SessionStore(IDatabase database) : ISessionStore
{
    private const int LongestUserAgent = 200;

    private const string InsertSql = """
        INSERT INTO member_sessions (secret_hash, member_id, created_at, confirmed_at, last_input_at, ends_at, address, user_agent)
        SELECT @hash, @member, @now, @now, @now, @endsAt, @address, @userAgent
         WHERE EXISTS (SELECT 1 FROM members WHERE id = @member AND password_hash = @passwordHash AND is_disabled = 0)
        """;

    // Old sessions are kept for a year as a record of who was signed in when.
    private const string DeleteOldSql = "DELETE FROM member_sessions WHERE member_id = @member AND ends_at < @now - 365 * 86400000000";

    private const string ForgetFailuresSql = "UPDATE members SET failures = 0, locked_until = NULL, last_signed_in_at = @now WHERE id = @member";

    private const string ConfirmSql = """
        UPDATE member_sessions SET confirmed_at = @now, last_input_at = @now, secret_hash = @hash
         WHERE id = @session AND member_id = @member AND ended_at IS NULL AND ends_at > @now
           AND EXISTS (SELECT 1 FROM members WHERE id = @member AND password_hash = @passwordHash AND is_disabled = 0)
        """;

    private const string AliveSql = "s.ended_at IS NULL AND s.ends_at > @now AND s.last_input_at > @idleSince";

    private static readonly string s_selectSql = $"SELECT {ColumnList.Of<SessionRow>().SelectedOf("s")} FROM member_sessions s";

    private static readonly string s_findSql = $"{s_selectSql} WHERE s.secret_hash = @hash AND {AliveSql}";

    private static readonly string s_findMemberSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.id = @member AND m.is_disabled = 0";

    private const string FindEndSql = """
        SELECT s.ended_at AS EndedAt, s.ends_at AS EndsAt, s.last_input_at AS LastInputAt, m.is_disabled AS IsDisabled
          FROM member_sessions s JOIN members m ON m.id = s.member_id
         WHERE s.secret_hash = @hash
        """;

    private const string RecordInputSql = "UPDATE member_sessions SET last_input_at = MAX(last_input_at, @now) WHERE id = @session";

    private static readonly string s_listSql = $"{s_selectSql} WHERE s.member_id = @member AND {AliveSql} ORDER BY s.id DESC";

    private const string EndSql = "UPDATE member_sessions SET ended_at = @now WHERE id = @session AND member_id = @member AND ended_at IS NULL";

    private const string EndOthersSql = "UPDATE member_sessions SET ended_at = @now WHERE member_id = @member AND id <> @except AND ended_at IS NULL";

    public async Task<OpaqueSecret?> BeginAsync(
        Member member, DateTimeOffset now, DateTimeOffset endsAt, IPAddress? address, string userAgent, AuditEntry entry)
    {
        var secret = OpaqueSecret.Generate();
        var row = new
        {
            hash = secret.Hash(),
            member = member.Id.Value,
            passwordHash = member.PasswordHash,
            now = UnixTime.Of(now),
            endsAt = UnixTime.Of(endsAt),
            address = address?.ToString(),
            userAgent = TextElements.Cut(userAgent, LongestUserAgent),
        };
        var hasBegun = await database.WriteAsync(member.Account, connection =>
        {
            if (connection.Execute(InsertSql, row) == 0)
            {
                return false;
            }

            connection.Execute(DeleteOldSql, row);
            connection.Execute(ForgetFailuresSql, row);
            return AuditStore.Insert(connection, entry) > 0;
        });
        return hasBegun ? secret : null;
    }

    public async Task<OpaqueSecret?> ConfirmAsync(Member member, SessionId session, DateTimeOffset now, AuditEntry entry)
    {
        var secret = OpaqueSecret.Generate();
        var row = new { session = session.Value, member = member.Id.Value, passwordHash = member.PasswordHash, now = UnixTime.Of(now), hash = secret.Hash() };
        var isAlive = await database.WriteAsync(member.Account, connection =>
        {
            if (connection.Execute(ConfirmSql, row) == 0)
            {
                return false;
            }

            connection.Execute(ForgetFailuresSql, row);
            return AuditStore.Insert(connection, entry) > 0;
        });
        return isAlive ? secret : null;
    }

    public Task<(Member Member, MemberSession Session)?> FindAsync(OpaqueSecret secret, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct)
    {
        var parameters = new { hash = secret.Hash(), now = UnixTime.Of(now), idleSince = UnixTime.Of(idleSince) };
        return database.ReadAsync<(Member, MemberSession)?>(
            TenantScope.Service,
            connection =>
            {
                var session = connection.QuerySingleOrDefault<SessionRow>(s_findSql, parameters);
                var member = session is null ? null : connection.QuerySingleOrDefault<MemberRow>(s_findMemberSql, new { member = session.MemberId });
                return member is null ? null : (member.ToDomain(), session!.ToDomain());
            },
            ct);
    }

    public Task<SessionEnd?> FindEndAsync(OpaqueSecret secret, DateTimeOffset now, TimeSpan idleTimeout, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => connection.QuerySingleOrDefault<EndRow>(FindEndSql, new { hash = secret.Hash() })?.EndAt(now, idleTimeout), ct);

    public Task RecordInputAsync(SessionId session, DateTimeOffset now) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(RecordInputSql, new { session = session.Value, now = UnixTime.Of(now) }));

    public Task<IReadOnlyList<MemberSession>> ListAsync(MemberId member, DateTimeOffset now, DateTimeOffset idleSince, CancellationToken ct)
    {
        var parameters = new { member = member.Value, now = UnixTime.Of(now), idleSince = UnixTime.Of(idleSince) };
        return database.ReadAsync<IReadOnlyList<MemberSession>>(
            TenantScope.Service,
            connection => [.. connection.Query<SessionRow>(s_listSql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task EndAsync(MemberId member, SessionId session, DateTimeOffset now, AuditEntry entry) =>
        database.WriteAsync(entry.Account, connection =>
            connection.Execute(EndSql, new { member = member.Value, session = session.Value, now = UnixTime.Of(now) }) > 0 && AuditStore.Insert(connection, entry) > 0);

    public Task EndOthersAsync(MemberId member, SessionId except, DateTimeOffset now, AuditEntry entry) =>
        database.WriteAsync(entry.Account, connection => EndOthers(connection, member, except, now) > 0 && AuditStore.Insert(connection, entry) > 0);

    /// <summary>Within a transaction: ends every session of a member but one.</summary>
    internal static int EndOthers(DbConnection connection, MemberId member, SessionId except, DateTimeOffset now) =>
        connection.Execute(EndOthersSql, new { member = member.Value, except = except.Value, now = UnixTime.Of(now) });

    /// <summary>Within a transaction: ends every session of a member.</summary>
    internal static int EndAll(DbConnection connection, MemberId member, DateTimeOffset now) => EndOthers(connection, member, except: default, now);

    private sealed record EndRow
    {
        public long? EndedAt { get; init; }

        public required long EndsAt { get; init; }

        public required long LastInputAt { get; init; }

        public required bool IsDisabled { get; init; }

        // If both limits have passed, the earlier one counts.
        public SessionEnd? EndAt(DateTimeOffset now, TimeSpan idleTimeout)
        {
            var (limit, idle) = (UnixTime.ToInstant(EndsAt), UnixTime.ToInstant(LastInputAt) + idleTimeout);
            return IsDisabled ? SessionEnd.Disabled
                : EndedAt is not null ? SessionEnd.Ended
                : idle <= now && idle < limit ? SessionEnd.Idle
                : limit <= now ? SessionEnd.Limit
                : null;
        }
    }

    private sealed record SessionRow
    {
        public required long Id { get; init; }

        public required long MemberId { get; init; }

        public required long CreatedAt { get; init; }

        public required long ConfirmedAt { get; init; }

        public required long LastInputAt { get; init; }

        public required long EndsAt { get; init; }

        public string? Address { get; init; }

        public required string UserAgent { get; init; }

        public MemberSession ToDomain() => new(
            new SessionId(Id), UnixTime.ToInstant(CreatedAt), UnixTime.ToInstant(ConfirmedAt), UnixTime.ToInstant(LastInputAt), UnixTime.ToInstant(EndsAt), Address, UserAgent);
    }
}
