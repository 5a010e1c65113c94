using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberResetStore(IDatabase database) : IMemberResetStore
{
    private const string OpenSql = "used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now";

    private const string InsertSql = """
        INSERT INTO member_reset_links (secret_hash, account_id, member_id, issued_by, created_at, expires_at)
        VALUES (@hash, @account, @member, @issuer, @now, @expiresAt)
        """;

    private const string OpenOfSql = $"""
        SELECT id AS Id, member_id AS MemberId FROM member_reset_links
         WHERE account_id = @account AND (member_id = @member OR issued_by = @member) AND {OpenSql}
         ORDER BY id
        """;

    private const string WithdrawSql = "UPDATE member_reset_links SET withdrawn_at = @now WHERE id = @link";

    private const string WithdrawEarlierSql = "UPDATE member_reset_links SET withdrawn_at = @now WHERE member_id = @member AND used_at IS NULL AND withdrawn_at IS NULL";

    private const string FindSql = $"""
        SELECT l.account_id AS AccountId, l.member_id AS MemberId, l.expires_at AS ExpiresAt, m.role AS Role, i.role AS RoleOfIssuer
          FROM member_reset_links l
          JOIN members m ON m.id = l.member_id AND m.is_disabled = 0
          JOIN members i ON i.id = l.issued_by AND i.is_disabled = 0
         WHERE l.secret_hash = @hash AND {OpenSql}
        """;

    private const string UseSql = "UPDATE member_reset_links SET used_at = @now WHERE secret_hash = @hash";

    private const string ReplaceSql = """
        UPDATE members SET totp_seed = @TotpSeed, totp_last_step = @TotpStep, failures = 0, locked_until = NULL WHERE id = @member
        """;

    private const string DeletePasskeysSql = "DELETE FROM member_passkeys WHERE member_id = @member";

    private static readonly string s_findMemberSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.id = @member";

    public Task<ResetLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => FindUsable(connection, secret, now), ct);

    public async Task<Member?> TryCompleteAsync(OpaqueSecret secret, NewCredentials credentials, DateTimeOffset now, AuditEntry entry)
    {
        try
        {
            return await database.WriteAsync(TenantScope.Service, connection =>
            {
                var link = FindUsable(connection, secret, now) ?? throw new NotDoneException();
                var member = link.Member.Value;
                connection.Execute(UseSql, new { hash = secret.Hash(), now = UnixTime.Of(now) });
                MemberStore.SetPassword(connection, link.Member, credentials.PasswordHash);
                connection.Execute(ReplaceSql, new { member, credentials.TotpSeed, credentials.TotpStep });
                connection.Execute(DeletePasskeysSql, new { member });
                if (credentials.Passkey is { } passkey && !MemberPasskeys.TryInsert(connection, link.Member, passkey))
                {
                    throw new NotDoneException();
                }

                MemberStore.ReplaceRecoveryCodes(connection, link.Member, credentials.RecoveryCodeHashes);
                SessionStore.EndAll(connection, link.Member, now);
                var name = $"member:{member}";
                AuditStore.Insert(connection, entry with { Account = link.Account, Actor = name, Subject = name });
                return connection.QuerySingle<MemberRow>(s_findMemberSql, new { member }).ToDomain();
            });
        }
        catch (NotDoneException)
        {
            return null;
        }
    }

    /// <summary>Within a transaction: adds a link that replaces every earlier link of the member, and ends the member's sessions.</summary>
    internal static void Issue(DbConnection connection, MemberId member, ResetLinkIssue issue, AuditEntry entry)
    {
        var row = new
        {
            hash = issue.SecretHash,
            account = entry.Account.Value,
            member = member.Value,
            issuer = issue.IssuedBy.Value,
            now = UnixTime.Of(entry.At),
            expiresAt = UnixTime.Of(issue.ExpiresAt),
        };
        connection.Execute(WithdrawEarlierSql, row);
        connection.Execute(InsertSql, row);
        SessionStore.EndAll(connection, member, entry.At);
    }

    /// <summary>
    /// Within a transaction: withdraws the open links for a member and those that the member issued. After a change of role or a
    /// disabling, someone with the right to do so has to issue them again.
    /// </summary>
    internal static void WithdrawAllOf(DbConnection connection, MemberId member, AuditEntry cause)
    {
        var parameters = new { account = cause.Account.Value, member = member.Value, now = UnixTime.Of(cause.At) };
        foreach (var link in connection.Query<OpenLink>(OpenOfSql, parameters).AsList())
        {
            connection.Execute(WithdrawSql, new { link = link.Id, parameters.now });
            AuditStore.Insert(connection, cause.With(AuditAction.ResetLinkWithdrawn, $"member:{link.MemberId}", cause.Action));
        }
    }

    // The issuer must still have the right, and the member may have become an owner since.
    private static ResetLink? FindUsable(DbConnection connection, OpaqueSecret secret, DateTimeOffset now) =>
        connection.QuerySingleOrDefault<LinkRow>(FindSql, new { hash = secret.Hash(), now = UnixTime.Of(now) }) is { IsIssuerEntitled: true } row ? row.ToDomain() : null;

    /// <summary>Thrown to roll back the transaction.</summary>
    private sealed class NotDoneException : Exception;

    private sealed record OpenLink
    {
        public required long Id { get; init; }

        public required long MemberId { get; init; }
    }

    private sealed record LinkRow
    {
        public required long AccountId { get; init; }

        public required long MemberId { get; init; }

        public required long ExpiresAt { get; init; }

        public required string Role { get; init; }

        public required string RoleOfIssuer { get; init; }

        public bool IsIssuerEntitled => RoleTable.Allows(Enum.Parse<MemberRole>(RoleOfIssuer), RoleTable.ToGive(Enum.Parse<MemberRole>(Role)));

        public ResetLink ToDomain() => new(new MemberId(MemberId), new AccountId(AccountId), UnixTime.ToInstant(ExpiresAt));
    }
}
