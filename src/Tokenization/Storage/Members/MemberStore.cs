using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class MemberStore(IDatabase database) : IMemberStore
{
    // PCI DSS 8.3.7: a new password must not be one of the last four, including the current one.
    private const int RememberedPasswords = 3;

    private const string AnySql = "SELECT EXISTS (SELECT 1 FROM members WHERE account_id = @account)";

    private static readonly string s_findSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.id = @id";

    private static readonly string s_findByEmailSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.email_key = @key";

    private static readonly string s_findByHandleSql = $"SELECT {MemberRow.Selected} FROM members m WHERE m.handle = @handle";

    private const string CountRecoveryCodesSql = "SELECT COUNT(*) FROM member_recovery_codes WHERE member_id = @member";

    // A member whose lock has expired starts counting again.
    private const string TakeAttemptSql = """
        UPDATE members
           SET failures = CASE WHEN locked_until IS NULL THEN failures + 1 ELSE 1 END,
               locked_until = CASE WHEN locked_until IS NULL AND failures + 1 >= @most THEN @until ELSE NULL END
         WHERE id = @member AND (locked_until IS NULL OR locked_until <= @now)
        """;

    // Writes as many pages as an attempt of a member does.
    private const string TakeNobodysAttemptSql = "UPDATE attempts_of_nobody SET attempts = attempts + 1";

    private const string AcceptTotpStepSql = """
        UPDATE members SET totp_last_step = @step
         WHERE id = @member AND totp_last_step < @step
           AND NOT EXISTS (SELECT 1 FROM member_spent_totp_steps s WHERE s.member_id = @member AND s.time_step = @step)
        """;

    private const string ForgetSpentStepsSql = "DELETE FROM member_spent_totp_steps WHERE member_id = @member AND time_step < @now - 1";

    private const string SpendStepSql = "INSERT INTO member_spent_totp_steps (member_id, time_step) VALUES (@member, @step) ON CONFLICT DO NOTHING";

    private const string UseRecoveryCodeSql = "DELETE FROM member_recovery_codes WHERE member_id = @member AND hash = @hash";

    private const string DeleteRecoveryCodesSql = "DELETE FROM member_recovery_codes WHERE member_id = @member";

    private const string InsertRecoveryCodeSql = "INSERT INTO member_recovery_codes (member_id, hash) VALUES (@member, @hash)";

    private const string RehashSql = "UPDATE members SET password_hash = @newHash WHERE id = @member AND password_hash = @hash";

    private const string SelectPasswordsSql = "SELECT password_hash || '\n' || password_history FROM members WHERE id = @member";

    private const string ChangePasswordSql = "UPDATE members SET password_hash = @hash, password_history = @history WHERE id = @member";

    private const string SetTotpSeedSql = "UPDATE members SET totp_seed = @seed, totp_last_step = @step WHERE id = @member";

    private const string RemoveTotpSql = """
        UPDATE members SET totp_seed = NULL
         WHERE id = @member AND totp_seed IS NOT NULL AND EXISTS (SELECT 1 FROM member_passkeys p WHERE p.member_id = @member)
        """;

    public Task<bool> AnyAsync(AccountId account, CancellationToken ct) =>
        database.ReadAsync(account, connection => connection.ExecuteScalar<bool>(AnySql, new { account = account.Value }), ct);

    public Task<Member?> FindAsync(MemberId id, CancellationToken ct) => FindAsync(s_findSql, new { id = id.Value }, ct);

    public Task<Member?> FindByEmailAsync(EmailAddress email, CancellationToken ct) => FindAsync(s_findByEmailSql, new { key = email.Key }, ct);

    public Task<Member?> FindByHandleAsync(string handle, CancellationToken ct) => FindAsync(s_findByHandleSql, new { handle }, ct);

    public Task<Member?> FindByPasskeyAsync(byte[] credentialId, CancellationToken ct) =>
        FindAsync(MemberPasskeys.FindMemberSql, new { credential = credentialId }, ct);

    public Task<IReadOnlyList<Passkey>> ListPasskeysAsync(MemberId member, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => MemberPasskeys.List(connection, member), ct);

    public Task<int> CountRecoveryCodesAsync(MemberId member, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<int>(CountRecoveryCodesSql, new { member = member.Value }), ct);

    public Task<bool> TryTakeAttemptAsync(MemberId? member, DateTimeOffset now)
    {
        var parameters = new
        {
            member = member?.Value,
            now = UnixTime.Of(now),
            until = UnixTime.Of(now + IMemberStore.LockedFor),
            most = IMemberStore.FailuresBeforeLock,
        };
        return database.WriteAsync(TenantScope.Service, connection =>
        {
            var taken = connection.Execute(TakeAttemptSql, parameters) > 0;
            if (!taken)
            {
                connection.Execute(TakeNobodysAttemptSql);
            }

            return taken;
        });
    }

    public Task<bool> TryAcceptTotpStepAsync(MemberId member, long timeStep) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(AcceptTotpStepSql, new { member = member.Value, step = timeStep }) > 0);

    public Task SpendTotpStepAsync(MemberId member, long timeStep, long now) => database.WriteAsync(TenantScope.Service, connection =>
    {
        connection.Execute(ForgetSpentStepsSql, new { member = member.Value, now });
        return connection.Execute(SpendStepSql, new { member = member.Value, step = timeStep });
    });

    public Task<bool> TryUseRecoveryCodeAsync(MemberId member, byte[] hash, AuditEntry entry) =>
        database.WriteAsync(entry.Account, connection => Recorded(connection, connection.Execute(UseRecoveryCodeSql, new { member = member.Value, hash }) > 0, entry));

    public Task UpdatePasskeyAsync(MemberId member, byte[] credentialId, string data, DateTimeOffset usedAt) =>
        database.WriteAsync(TenantScope.Service, connection => MemberPasskeys.Update(connection, member, credentialId, data, usedAt));

    public Task<bool> TryRehashPasswordAsync(MemberId member, string hash, string newHash) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(RehashSql, new { member = member.Value, hash, newHash }) > 0);

    public Task ChangePasswordAsync(MemberId member, string hash, SessionId except, AuditEntry entry) =>
        database.WriteAsync(entry.Account, connection =>
        {
            SetPassword(connection, member, hash);
            SessionStore.EndOthers(connection, member, except, entry.At);
            return AuditStore.Insert(connection, entry);
        });

    public Task SetTotpSeedAsync(MemberId member, byte[] seed, long timeStep, SessionId except, AuditEntry entry) =>
        ChangeFactorAsync(member, except, entry, connection => connection.Execute(SetTotpSeedSql, new { member = member.Value, seed, step = timeStep }) > 0);

    public Task<bool> TryAddPasskeyAsync(MemberId member, Passkey passkey, SessionId except, AuditEntry entry) =>
        ChangeFactorAsync(member, except, entry, connection => MemberPasskeys.TryInsert(connection, member, passkey));

    public Task<bool> TryRemoveTotpAsync(MemberId member, SessionId except, AuditEntry entry) =>
        ChangeFactorAsync(member, except, entry, connection => connection.Execute(RemoveTotpSql, new { member = member.Value }) > 0);

    public Task<bool> TryRemovePasskeyAsync(MemberId member, byte[] credentialId, SessionId except, AuditEntry entry) =>
        ChangeFactorAsync(member, except, entry, connection => MemberPasskeys.TryDelete(connection, member, credentialId));

    public Task ReplaceRecoveryCodesAsync(MemberId member, IReadOnlyList<byte[]> hashes, SessionId except, AuditEntry entry) =>
        ChangeFactorAsync(member, except, entry, connection =>
        {
            ReplaceRecoveryCodes(connection, member, hashes);
            return true;
        });

    /// <summary>Within a transaction: replaces a password, and adds the previous one to the history.</summary>
    internal static void SetPassword(DbConnection connection, MemberId member, string hash)
    {
        var used = connection.ExecuteScalar<string>(SelectPasswordsSql, new { member = member.Value })!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var history = string.Join('\n', used.Take(RememberedPasswords));
        connection.Execute(ChangePasswordSql, new { member = member.Value, hash, history });
    }

    /// <summary>Within a transaction: replaces the recovery codes.</summary>
    internal static void ReplaceRecoveryCodes(DbConnection connection, MemberId member, IReadOnlyList<byte[]> hashes)
    {
        connection.Execute(DeleteRecoveryCodesSql, new { member = member.Value });
        InsertRecoveryCodes(connection, member, hashes);
    }

    internal static void InsertRecoveryCodes(DbConnection connection, MemberId member, IReadOnlyList<byte[]> hashes) =>
        connection.Execute(InsertRecoveryCodeSql, hashes.Select(hash => new { member = member.Value, hash }));

    // Records an action only if it was done.
    private static bool Recorded(DbConnection connection, bool done, AuditEntry entry) => done && AuditStore.Insert(connection, entry) > 0;

    private Task<bool> ChangeFactorAsync(MemberId member, SessionId except, AuditEntry entry, Func<DbConnection, bool> change) =>
        database.WriteAsync(entry.Account, connection =>
        {
            var done = Recorded(connection, change(connection), entry);
            if (done)
            {
                SessionStore.EndOthers(connection, member, except, entry.At);
            }

            return done;
        });

    private Task<Member?> FindAsync(string sql, object parameters, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => connection.QuerySingleOrDefault<MemberRow>(sql, parameters)?.ToDomain(), ct);
}
