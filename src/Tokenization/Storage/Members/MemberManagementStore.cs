using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberManagementStore(IDatabase database) : IMemberManagementStore
{
    private const string SelectMembersSql = """
        SELECT id AS Id, email AS Email, name AS Name, role AS Role, is_disabled AS IsDisabled, locked_until > @now AS IsLocked,
               (SELECT COUNT(*) FROM member_passkeys p WHERE p.member_id = members.id) AS Passkeys,
               totp_seed IS NOT NULL AS HasAuthenticator, created_at AS CreatedAt, last_signed_in_at AS LastSignedInAt
          FROM members
         WHERE account_id = @account
        """;

    private const string ListMembersSql = $"{SelectMembersSql} ORDER BY name COLLATE NOCASE, id";

    private const string FindMemberSql = $"{SelectMembersSql} AND id = @id";

    private const string SelectInvitationsSql = """
        SELECT l.id AS Id, l.email AS Email, l.role AS Role, m.name AS InvitedBy, l.expires_at AS ExpiresAt
          FROM member_links l
          LEFT JOIN members m ON m.account_id = l.account_id AND m.id = l.invited_by
         WHERE l.account_id = @account AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > @now
        """;

    private const string ListInvitationsSql = $"{SelectInvitationsSql} ORDER BY l.id DESC";

    private const string FindInvitationSql = $"{SelectInvitationsSql} AND l.id = @id";

    private const string FindByAddressSql = $"{SelectMembersSql} AND email_key = @key";

    private const string FindInvitationOfSql = $"{SelectInvitationsSql} AND lower(l.email) = @key";

    private const string KeysOfSql = """
        SELECT id AS Id, location_id AS LocationId, environment AS Environment, name AS Name, last_four AS LastFour
          FROM api_keys
         WHERE account_id = @account AND created_by = @actor AND revoked_at IS NULL
           AND (retires_at IS NULL OR retires_at > @now) AND (expires_at IS NULL OR expires_at > @now)
         ORDER BY id
        """;

    // An address is unique across accounts, but membership of another account is not revealed here: the end of the set-up refuses such an address.
    // Addresses are ASCII, so lower() yields their key.
    private const string IsTakenSql = """
        SELECT EXISTS (SELECT 1 FROM members WHERE account_id = @account AND email_key = @key)
            OR EXISTS (SELECT 1 FROM member_links
                        WHERE account_id = @account AND lower(email) = @key AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now)
        """;

    private const string InsertInvitationSql = """
        INSERT INTO member_links (secret_hash, account_id, email, role, invited_by, created_at, expires_at)
        VALUES (@secretHash, @account, @email, @role, @invitedBy, @now, @expiresAt)
        RETURNING id
        """;

    private const string WithdrawSql = "UPDATE member_links SET withdrawn_at = @now WHERE account_id = @account AND id = @id";

    private const string OtherOwnersSql = """
        SELECT EXISTS (SELECT 1 FROM members WHERE account_id = @account AND role = 'Owner' AND is_disabled = 0 AND id <> @id)
        """;

    private const string UpdateMemberSql = """
        UPDATE members
           SET role = COALESCE(@role, role), is_disabled = COALESCE(@isDisabled, is_disabled),
               active_since = CASE WHEN @isDisabled = 0 THEN @now ELSE active_since END,
               failures = CASE WHEN @unlocks <> 0 THEN 0 ELSE failures END, locked_until = CASE WHEN @unlocks <> 0 THEN NULL ELSE locked_until END
         WHERE account_id = @account AND id = @id
        """;

    public Task<MemberRoster> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct)
    {
        var parameters = new { account = account.Value, now = UnixTime.Of(now) };
        return database.ReadAsync(
            account,
            connection => new MemberRoster(
                [.. connection.Query<ListedMemberRow>(ListMembersSql, parameters).Select(row => row.ToDomain())],
                [.. connection.Query<InvitationRow>(ListInvitationsSql, parameters).Select(row => row.ToDomain())]),
            ct);
    }

    public Task<IReadOnlyList<CreatedKey>> ListKeysOfAsync(AccountId account, MemberId id, DateTimeOffset now, CancellationToken ct)
    {
        var parameters = new { account = account.Value, actor = $"member:{id.Value}", now = UnixTime.Of(now) };
        return database.ReadAsync<IReadOnlyList<CreatedKey>>(
            account,
            connection => [.. connection.Query<CreatedKeyRow>(KeysOfSql, parameters).Select(row => row.ToDomain(account))], ct);
    }

    public Task<InvitationId?> TryInviteAsync(
        SignedInMember who, EmailAddress email, MemberRole role, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<InvitationId, AuditEntry> entry)
    {
        var row = new
        {
            secretHash,
            account = who.Account.Value,
            email = email.Text,
            key = email.Key,
            role = role.ToString(),
            invitedBy = who.Id.Value,
            now = UnixTime.Of(now),
            expiresAt = UnixTime.Of(expiresAt),
        };
        return database.WriteAsync<InvitationId?>(who.Account, connection =>
        {
            if (connection.ExecuteScalar<bool>(IsTakenSql, row))
            {
                return null;
            }

            var id = new InvitationId(connection.ExecuteScalar<long>(InsertInvitationSql, row));
            AuditStore.Insert(connection, entry(id));
            return id;
        });
    }

    public Task<AddressHolder> FindHolderAsync(AccountId account, EmailAddress email, DateTimeOffset now, CancellationToken ct)
    {
        var parameters = new { account = account.Value, key = email.Key, now = UnixTime.Of(now) };
        return database.ReadAsync(
            account,
            connection => new AddressHolder(
                connection.QuerySingleOrDefault<ListedMemberRow>(FindByAddressSql, parameters)?.ToDomain(),
                connection.QueryFirstOrDefault<InvitationRow>(FindInvitationOfSql, parameters)?.ToDomain()),
            ct);
    }

    public Task<Result<Invitation>> RenewAsync(
        SignedInMember who, InvitationId id, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<Invitation, Result<AuditEntry>> decide)
    {
        var parameters = new { account = who.Account.Value, id = id.Value, now = UnixTime.Of(now) };
        return database.WriteAsync<Result<Invitation>>(who.Account, connection =>
        {
            if (connection.QuerySingleOrDefault<InvitationRow>(FindInvitationSql, parameters)?.ToDomain() is not { } invitation)
            {
                return new Refusal.NotFound("This invitation no longer exists.");
            }

            var decision = decide(invitation);
            if (!decision.IsSuccess)
            {
                return decision.Refusal;
            }

            connection.Execute(WithdrawSql, parameters);
            var renewed = connection.ExecuteScalar<long>(
                InsertInvitationSql,
                new
                {
                    secretHash,
                    parameters.account,
                    email = invitation.Email,
                    role = invitation.Role.ToString(),
                    invitedBy = who.Id.Value,
                    parameters.now,
                    expiresAt = UnixTime.Of(expiresAt),
                });
            AuditStore.Insert(connection, decision.Value);
            return invitation with { Id = new InvitationId(renewed), InvitedBy = who.Name, ExpiresAt = expiresAt };
        });
    }

    public Task<Result<Invitation>> WithdrawAsync(AccountId account, InvitationId id, DateTimeOffset now, Func<Invitation, Result<AuditEntry>> decide)
    {
        var parameters = new { account = account.Value, id = id.Value, now = UnixTime.Of(now) };
        return database.WriteAsync<Result<Invitation>>(account, connection =>
        {
            if (connection.QuerySingleOrDefault<InvitationRow>(FindInvitationSql, parameters)?.ToDomain() is not { } invitation)
            {
                return new Refusal.NotFound("This invitation no longer exists.");
            }

            var decision = decide(invitation);
            if (!decision.IsSuccess)
            {
                return decision.Refusal;
            }

            connection.Execute(WithdrawSql, parameters);
            AuditStore.Insert(connection, decision.Value);
            return invitation;
        });
    }

    public Task<Result<ListedMember>> ChangeAsync(AccountId account, MemberId id, DateTimeOffset now, Func<ListedMember, bool, Result<MemberChange>> decide)
    {
        var parameters = new { account = account.Value, id = id.Value, now = UnixTime.Of(now) };
        return database.WriteAsync<Result<ListedMember>>(account, connection =>
        {
            if (connection.QuerySingleOrDefault<ListedMemberRow>(FindMemberSql, parameters)?.ToDomain() is not { } member)
            {
                return new Refusal.NotFound("There is no such member.");
            }

            var isLastOwner = member is { Role: MemberRole.Owner, Status: not MemberStatus.Disabled } && !connection.ExecuteScalar<bool>(OtherOwnersSql, parameters);
            var decision = decide(member, isLastOwner);
            if (!decision.IsSuccess)
            {
                return decision.Refusal;
            }

            Apply(connection, account, id, decision.Value);
            return connection.QuerySingle<ListedMemberRow>(FindMemberSql, parameters).ToDomain();
        });
    }

    private static void Apply(DbConnection connection, AccountId account, MemberId id, MemberChange change)
    {
        connection.Execute(
            UpdateMemberSql,
            new
            {
                account = account.Value,
                id = id.Value,
                role = change.Role?.ToString(),
                isDisabled = change.IsDisabled,
                unlocks = change.Unlocks,
                now = UnixTime.Of(change.Entry.At),
            });
        AuditStore.Insert(connection, change.Entry);
        if (change.ResetLink is { } link)
        {
            MemberResetStore.Issue(connection, id, link, change.Entry);
        }

        if (change.IsDisabled == true)
        {
            MemberRights.EndAll(connection, id, change.Entry);
        }

        if (change.Role is { } role)
        {
            MemberRights.Limit(connection, id, role, change.Entry);
        }
    }
}
