using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class ProviderIdentityStore(IDatabase database) : IProviderIdentityStore
{
    private static readonly string s_findSql = $"""
        SELECT {MemberRow.Selected} FROM member_identities i JOIN members m ON m.id = i.member_id WHERE i.issuer = @Issuer AND i.subject = @Subject
        """;

    private static readonly string s_findMemberSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.id = @id";

    private const string InsertMemberSql = """
        INSERT INTO members (account_id, handle, email, email_key, name, role, password_hash, created_at, active_since)
        VALUES (@account, @Handle, @email, @emailKey, @Name, @role, @PasswordHash, @now, @now)
            ON CONFLICT DO NOTHING
        RETURNING id
        """;

    private const string BindSql = "INSERT INTO member_identities (member_id, issuer, subject) VALUES (@id, @Issuer, @Subject) ON CONFLICT DO NOTHING";

    private const string InsertLinkSql = """
        INSERT INTO member_links (secret_hash, account_id, email, role, created_at, expires_at) VALUES (@hash, @account, @email, @role, @now, @expiresAt)
        """;

    // The last owner who is not disabled remains an owner.
    private const string ChangeRoleSql = """
        UPDATE members SET role = @role
         WHERE account_id = @account AND id = @id
           AND (role <> 'Owner' OR EXISTS (SELECT 1 FROM members o WHERE o.account_id = @account AND o.role = 'Owner' AND o.is_disabled = 0 AND o.id <> @id))
        """;

    private const string KeepGrantSql = """
        INSERT INTO member_grants (session_id, refresh_token, refresh_at)
        SELECT id, @token, @refreshAt FROM member_sessions WHERE secret_hash = @hash
        ON CONFLICT (session_id) DO UPDATE SET refresh_token = excluded.refresh_token, refresh_at = excluded.refresh_at
        """;

    private const string ForgetSql = """
        DELETE FROM member_grants
         WHERE session_id IN (SELECT g.session_id FROM member_grants g JOIN member_sessions s ON s.id = g.session_id WHERE s.ended_at IS NOT NULL OR s.ends_at <= @now)
        """;

    private const string DueSql = """
        SELECT g.session_id AS SessionId, s.member_id AS MemberId, i.issuer AS Issuer, i.subject AS Subject, g.refresh_token AS RefreshToken, g.refresh_at AS RefreshAt
          FROM member_grants g
          JOIN member_sessions s ON s.id = g.session_id
          JOIN member_identities i ON i.member_id = s.member_id
         WHERE g.refresh_at <= @now
         ORDER BY g.refresh_at
         LIMIT @limit
        """;

    private const string RenewSql = "UPDATE member_grants SET refresh_token = @token, refresh_at = @refreshAt WHERE session_id = @session";

    public Task<Member?> FindAsync(ProviderIdentity identity, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => connection.QuerySingleOrDefault<MemberRow>(s_findSql, identity)?.ToDomain(), ct);

    public async Task<Member?> TryCreateAsync(ProviderIdentity identity, AccountId account, MemberRole role, NewMember member, AuditEntry entry)
    {
        var row = new
        {
            account = account.Value,
            member.Handle,
            email = member.Email.Text,
            emailKey = member.Email.Key,
            member.Name,
            role = role.ToString(),
            member.Credentials.PasswordHash,
            now = UnixTime.Of(entry.At),
        };
        try
        {
            return await database.WriteAsync(account, connection =>
            {
                var id = connection.ExecuteScalar<long?>(InsertMemberSql, row) ?? throw new NotMadeException();
                if (!Bind(connection, new MemberId(id), identity))
                {
                    throw new NotMadeException();
                }

                AuditStore.Insert(connection, entry with { Actor = $"member:{id}", Subject = $"member:{id}" });
                return connection.QuerySingle<MemberRow>(s_findMemberSql, new { id }).ToDomain();
            });
        }
        catch (NotMadeException)
        {
            return null;
        }
    }

    public async Task<OpaqueSecret> CreateLinkAsync(AccountId account, EmailAddress email, MemberRole role, DateTimeOffset expiresAt, AuditEntry entry)
    {
        var secret = OpaqueSecret.Generate();
        var row = new { hash = secret.Hash(), account = account.Value, email = email.Text, role = role.ToString(), now = UnixTime.Of(entry.At), expiresAt = UnixTime.Of(expiresAt) };
        await database.WriteAsync(account, connection => connection.Execute(InsertLinkSql, row) + AuditStore.Insert(connection, entry));
        return secret;
    }

    public Task<bool> TryBindAsync(MemberId member, ProviderIdentity identity, AuditEntry entry) =>
        database.WriteAsync(entry.Account, connection => Bind(connection, member, identity) && AuditStore.Insert(connection, entry) > 0);

    public Task<bool> TryChangeRoleAsync(Member member, MemberRole role, AuditEntry entry)
    {
        var row = new { account = member.Account.Value, id = member.Id.Value, role = role.ToString() };
        return database.WriteAsync(member.Account, connection =>
        {
            if (connection.Execute(ChangeRoleSql, row) == 0)
            {
                return false;
            }

            MemberRights.Limit(connection, member.Id, role, entry);
            return AuditStore.Insert(connection, entry) > 0;
        });
    }

    public Task KeepGrantAsync(OpaqueSecret session, byte[] sealedRefreshToken, DateTimeOffset refreshAt)
    {
        var row = new { hash = session.Hash(), token = sealedRefreshToken, refreshAt = UnixTime.Of(refreshAt) };
        return database.WriteAsync(TenantScope.Service, connection => connection.Execute(KeepGrantSql, row));
    }

    public async Task<IReadOnlyList<ProviderGrant>> ListDueAsync(DateTimeOffset now, int limit)
    {
        var parameters = new { now = UnixTime.Of(now), limit };
        if (!await database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM member_grants WHERE refresh_at <= @now)", parameters), CancellationToken.None))
        {
            return [];
        }

        await database.WriteAsync(TenantScope.Service, connection => connection.Execute(ForgetSql, parameters));
        return await database.ReadAsync<IReadOnlyList<ProviderGrant>>(
            TenantScope.Service,
            connection =>
            [
                .. connection.Query<DueRow>(DueSql, parameters)
                    .Select(row => row.ToDomain(connection.QuerySingle<MemberRow>(s_findMemberSql, new { id = row.MemberId }).ToDomain())),
            ],
            CancellationToken.None);
    }

    public Task RenewGrantAsync(SessionId session, byte[] sealedRefreshToken, DateTimeOffset refreshAt)
    {
        var row = new { session = session.Value, token = sealedRefreshToken, refreshAt = UnixTime.Of(refreshAt) };
        return database.WriteAsync(TenantScope.Service, connection => connection.Execute(RenewSql, row));
    }

    public Task<bool> IsGrantedAsync(SessionId session, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM member_grants WHERE session_id = @session)", new { session = session.Value }), ct);

    private static bool Bind(DbConnection connection, MemberId member, ProviderIdentity identity) =>
        connection.Execute(BindSql, new { id = member.Value, identity.Issuer, identity.Subject }) > 0;

    /// <summary>Thrown to roll back the transaction.</summary>
    private sealed class NotMadeException : Exception;

    private sealed record DueRow
    {
        public required long SessionId { get; init; }

        public required long MemberId { get; init; }

        public required string Issuer { get; init; }

        public required string Subject { get; init; }

        public required byte[] RefreshToken { get; init; }

        public required long RefreshAt { get; init; }

        public ProviderGrant ToDomain(Member member) => new(new SessionId(SessionId), member, new ProviderIdentity(Issuer, Subject), RefreshToken, UnixTime.ToInstant(RefreshAt));
    }
}
