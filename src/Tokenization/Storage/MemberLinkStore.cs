using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class MemberLinkStore(IDatabase database) : IMemberLinkStore
{
    private const string WithdrawOwnerLinksSql = """
        UPDATE member_links SET withdrawn_at = @now WHERE account_id = @account AND invited_by IS NULL AND used_at IS NULL AND withdrawn_at IS NULL
        """;

    private const string InsertSql = """
        INSERT INTO member_links (secret_hash, account_id, role, created_at, expires_at) VALUES (@hash, @account, @role, @now, @expiresAt)
        """;

    private const string FindSql = """
        SELECT account_id AS AccountId, email AS Email, role AS Role, expires_at AS ExpiresAt, invited_by AS InvitedBy
          FROM member_links
         WHERE secret_hash = @hash AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now
        """;

    private const string UseSql = """
        UPDATE member_links SET used_at = @now
         WHERE secret_hash = @hash AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now
        RETURNING account_id AS AccountId, email AS Email, role AS Role, expires_at AS ExpiresAt, invited_by AS InvitedBy
        """;

    private const string InsertMemberSql = """
        INSERT INTO members (account_id, handle, email, email_key, name, role, password_hash, totp_seed, totp_last_step, created_at)
        VALUES (@account, @Handle, @email, @emailKey, @Name, @role, @PasswordHash, @TotpSeed, @TotpStep, @now)
            ON CONFLICT DO NOTHING
        RETURNING id
        """;

    private const string FindMemberSql = $"SELECT {MemberRow.Columns} FROM members m WHERE m.id = @id";

    public async Task<OpaqueSecret> CreateOwnerLinkAsync(AccountId account, DateTimeOffset expiresAt, AuditEntry entry)
    {
        var secret = OpaqueSecret.Generate();
        var row = new
        {
            hash = secret.Hash(),
            account = account.Value,
            role = nameof(MemberRole.Owner),
            now = Instants.ToUnix(entry.At),
            expiresAt = Instants.ToUnix(expiresAt),
        };
        await database.WriteAsync(connection =>
        {
            connection.Execute(WithdrawOwnerLinksSql, row);
            connection.Execute(InsertSql, row);
            return AuditStore.Insert(connection, entry);
        });
        return secret;
    }

    public Task<MemberLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<LinkRow>(FindSql, new { hash = secret.Hash(), now = Instants.ToUnix(now) })?.ToDomain(), ct);

    public async Task<Member?> TryCreateMemberAsync(OpaqueSecret link, NewMember member, DateTimeOffset now, AuditEntry entry)
    {
        try
        {
            return await database.WriteAsync(connection =>
            {
                var at = Instants.ToUnix(now);
                var used = connection.QuerySingleOrDefault<LinkRow>(UseSql, new { hash = link.Hash(), now = at })?.ToDomain() ?? throw new NotMadeException();
                var row = new
                {
                    account = used.Account.Value,
                    member.Handle,
                    email = member.Email.Text,
                    emailKey = member.Email.Key,
                    member.Name,
                    role = used.Role.ToString(),
                    member.PasswordHash,
                    member.TotpSeed,
                    member.TotpStep,
                    now = at,
                };
                var id = new MemberId(connection.ExecuteScalar<long?>(InsertMemberSql, row) ?? throw new NotMadeException());
                if (member.Passkey is { } passkey && !MemberPasskeys.TryInsert(connection, id, passkey))
                {
                    throw new NotMadeException();
                }

                MemberStore.InsertRecoveryCodes(connection, id, member.RecoveryCodeHashes);
                var name = $"member:{id.Value}";
                AuditStore.Insert(connection, entry with { Account = used.Account, Actor = name, Subject = name });
                return connection.QuerySingle<MemberRow>(FindMemberSql, new { id = id.Value }).ToDomain();
            });
        }
        catch (NotMadeException)
        {
            return null;
        }
    }

    /// <summary>Undoes the transaction.</summary>
    private sealed class NotMadeException : Exception;

    private sealed record LinkRow
    {
        public required long AccountId { get; init; }

        public string? Email { get; init; }

        public required string Role { get; init; }

        public required long ExpiresAt { get; init; }

        public long? InvitedBy { get; init; }

        public MemberLink ToDomain() => new(
            new AccountId(AccountId), Email, Enum.Parse<MemberRole>(Role), Instants.FromUnix(ExpiresAt), InvitedBy is { } by ? new MemberId(by) : null);
    }
}
