using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberLinkStore(IDatabase database) : IMemberLinkStore
{
    private const string WithdrawOwnerLinksSql = """
        UPDATE member_links SET withdrawn_at = @now WHERE account_id = @account AND invited_by IS NULL AND used_at IS NULL AND withdrawn_at IS NULL
        """;

    private const string InsertSql = """
        INSERT INTO member_links (secret_hash, account_id, role, created_at, expires_at) VALUES (@hash, @account, @role, @now, @expiresAt)
        """;

    private const string FindSql = """
        SELECT l.account_id AS AccountId, l.email AS Email, l.role AS Role, l.expires_at AS ExpiresAt, l.invited_by AS InvitedBy, m.role AS RoleOfInviter
          FROM member_links l
          LEFT JOIN members m ON m.account_id = l.account_id AND m.id = l.invited_by AND m.is_disabled = 0
         WHERE l.secret_hash = @hash AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > @now
        """;

    private const string UseSql = "UPDATE member_links SET used_at = @now WHERE secret_hash = @hash";

    private const string InsertMemberSql = """
        INSERT INTO members (account_id, handle, email, email_key, name, role, password_hash, totp_seed, totp_last_step, created_at, active_since)
        VALUES (@account, @Handle, @email, @emailKey, @Name, @role, @PasswordHash, @TotpSeed, @TotpStep, @now, @now)
            ON CONFLICT DO NOTHING
        RETURNING id
        """;

    private static readonly string s_findMemberSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.id = @id";

    public async Task<OpaqueSecret> CreateOwnerLinkAsync(AccountId account, DateTimeOffset expiresAt, AuditEntry entry)
    {
        var secret = OpaqueSecret.Generate();
        var row = new
        {
            hash = secret.Hash(),
            account = account.Value,
            role = nameof(MemberRole.Owner),
            now = UnixTime.Of(entry.At),
            expiresAt = UnixTime.Of(expiresAt),
        };
        await database.WriteAsync(account, connection =>
        {
            connection.Execute(WithdrawOwnerLinksSql, row);
            connection.Execute(InsertSql, row);
            return AuditStore.Insert(connection, entry);
        });
        return secret;
    }

    public Task<MemberLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => FindUsable(connection, secret, now), ct);

    public async Task<Member?> TryCreateMemberAsync(OpaqueSecret link, NewMember member, DateTimeOffset now, AuditEntry entry)
    {
        try
        {
            return await database.WriteAsync(TenantScope.Service, connection =>
            {
                var at = UnixTime.Of(now);
                var used = FindUsable(connection, link, now) ?? throw new NotMadeException();
                connection.Execute(UseSql, new { hash = link.Hash(), now = at });
                var row = new
                {
                    account = used.Account.Value,
                    member.Handle,
                    email = member.Email.Text,
                    emailKey = member.Email.Key,
                    member.Name,
                    role = used.Role.ToString(),
                    member.Credentials.PasswordHash,
                    member.Credentials.TotpSeed,
                    member.Credentials.TotpStep,
                    now = at,
                };
                var id = new MemberId(connection.ExecuteScalar<long?>(InsertMemberSql, row) ?? throw new NotMadeException());
                if (member.Credentials.Passkey is { } passkey && !MemberPasskeys.TryInsert(connection, id, passkey))
                {
                    throw new NotMadeException();
                }

                MemberStore.InsertRecoveryCodes(connection, id, member.Credentials.RecoveryCodeHashes);
                var name = $"member:{id.Value}";
                AuditStore.Insert(connection, entry with { Account = used.Account, Actor = name, Subject = name });
                return connection.QuerySingle<MemberRow>(s_findMemberSql, new { id = id.Value }).ToDomain();
            });
        }
        catch (NotMadeException)
        {
            return null;
        }
    }

    // A second check besides MemberRights: an invitation made while its maker was losing access is invalid too.
    private static MemberLink? FindUsable(DbConnection connection, OpaqueSecret secret, DateTimeOffset now) =>
        connection.QuerySingleOrDefault<LinkRow>(FindSql, new { hash = secret.Hash(), now = UnixTime.Of(now) }) is { IsInviterEntitled: true } row ? row.ToDomain() : null;

    /// <summary>Thrown to roll back the transaction.</summary>
    private sealed class NotMadeException : Exception;

    private sealed record LinkRow
    {
        public required long AccountId { get; init; }

        public string? Email { get; init; }

        public required string Role { get; init; }

        public required long ExpiresAt { get; init; }

        public long? InvitedBy { get; init; }

        public string? RoleOfInviter { get; init; }

        public bool IsInviterEntitled => InvitedBy is null
            || (RoleOfInviter is { } role && RoleTable.Allows(Enum.Parse<MemberRole>(role), RoleTable.ToGive(Enum.Parse<MemberRole>(Role))));

        public MemberLink ToDomain() => new(
            new AccountId(AccountId), Email, Enum.Parse<MemberRole>(Role), UnixTime.ToInstant(ExpiresAt), InvitedBy is { } by ? new MemberId(by) : null);
    }
}
