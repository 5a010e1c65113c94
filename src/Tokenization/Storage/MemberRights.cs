using Dapper;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What a member loses together with his membership or his role, within the transaction that takes those away.</summary>
internal static class MemberRights
{
    private const string EndSessionsSql = "UPDATE member_sessions SET ended_at = @now WHERE member_id = @id AND ended_at IS NULL";

    private const string OpenInvitationsSql = """
        SELECT id AS Id, email AS Email, role AS Role
          FROM member_links
         WHERE account_id = @account AND invited_by = @id AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > @now
         ORDER BY id
        """;

    private const string WithdrawSql = "UPDATE member_links SET withdrawn_at = @now WHERE account_id = @account AND id = @invitation";

    /// <summary>Ends the sessions of a member who is disabled, and withdraws the invitations he made: one may be for himself.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="id">The member.</param>
    /// <param name="cause">What the trail says of his being disabled.</param>
    public static void EndAll(SqliteConnection connection, MemberId id, AuditEntry cause)
    {
        connection.Execute(EndSessionsSql, new { id = id.Value, now = Instants.ToUnix(cause.At) });
        Withdraw(connection, id, cause, _ => true);
    }

    /// <summary>Withdraws the invitations of a member to roles that his own may not give.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="id">The member.</param>
    /// <param name="role">The role he has now.</param>
    /// <param name="cause">What the trail says of the change.</param>
    public static void Limit(SqliteConnection connection, MemberId id, MemberRole role, AuditEntry cause) =>
        Withdraw(connection, id, cause, given => !RoleTable.Allows(role, RoleTable.ToGive(given)));

    private static void Withdraw(SqliteConnection connection, MemberId id, AuditEntry cause, Func<MemberRole, bool> isLost)
    {
        var (account, now) = (cause.Account.Value, Instants.ToUnix(cause.At));
        var open = connection.Query<OpenInvitation>(OpenInvitationsSql, new { account, id = id.Value, now });
        foreach (var invitation in open.Where(invitation => isLost(Enum.Parse<MemberRole>(invitation.Role))))
        {
            connection.Execute(WithdrawSql, new { account, invitation = invitation.Id, now });
            AuditStore.Insert(connection, cause with
            {
                Action = "invitation withdrawn",
                Subject = $"invitation:{invitation.Id}",
                Detail = $"{invitation.Email} as {invitation.Role}; made by member:{id.Value}, {cause.Action}",
            });
        }
    }

    private sealed record OpenInvitation
    {
        public required long Id { get; init; }

        public string? Email { get; init; }

        public required string Role { get; init; }
    }
}
