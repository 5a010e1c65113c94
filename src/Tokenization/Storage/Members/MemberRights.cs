using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

/// <summary>Withdraws what depends on a membership or role, within the transaction that ends or changes it.</summary>
internal static class MemberRights
{
    private const string OpenInvitationsSql = """
        SELECT id AS Id, email AS Email, role AS Role
          FROM member_links
         WHERE account_id = @account AND invited_by = @id AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now
         ORDER BY id
        """;

    private const string WithdrawSql = "UPDATE member_links SET withdrawn_at = @now WHERE account_id = @account AND id = @invitation";

    /// <summary>
    /// Ends the sessions of a disabled member, and withdraws the invitations and reset links that the member made: one may be for
    /// the same person.
    /// </summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="id">The member.</param>
    /// <param name="cause">The audit entry of the disabling.</param>
    public static void EndAll(DbConnection connection, MemberId id, AuditEntry cause)
    {
        SessionStore.EndAll(connection, id, cause.At);
        MemberResetStore.WithdrawAllOf(connection, id, cause);
        Withdraw(connection, id, cause, _ => true);
    }

    /// <summary>Withdraws a member's invitations to roles that the new role may not give, and the reset links for the member and those that the member issued.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="id">The member.</param>
    /// <param name="role">The member's new role.</param>
    /// <param name="cause">The audit entry of the change.</param>
    public static void Limit(DbConnection connection, MemberId id, MemberRole role, AuditEntry cause)
    {
        MemberResetStore.WithdrawAllOf(connection, id, cause);
        Withdraw(connection, id, cause, given => !RoleTable.Allows(role, RoleTable.ToGive(given)));
    }

    private static void Withdraw(DbConnection connection, MemberId id, AuditEntry cause, Func<MemberRole, bool> isLost)
    {
        var (account, now) = (cause.Account.Value, UnixTime.Of(cause.At));
        var open = connection.Query<OpenInvitation>(OpenInvitationsSql, new { account, id = id.Value, now });
        foreach (var invitation in open.Where(invitation => isLost(Enum.Parse<MemberRole>(invitation.Role))))
        {
            connection.Execute(WithdrawSql, new { account, invitation = invitation.Id, now });
            AuditStore.Insert(connection, cause.With(
                AuditAction.InvitationWithdrawn, $"invitation:{invitation.Id}", $"{invitation.Email} as {invitation.Role}; made by member:{id.Value}, {cause.Action}"));
        }
    }

    private sealed record OpenInvitation
    {
        public required long Id { get; init; }

        public string? Email { get; init; }

        public required string Role { get; init; }
    }
}
