using System.Net;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Members;

/// <summary>A vault with members who have just signed in. It does not cover the sign-in itself.</summary>
internal sealed class MembersOfAVault : IAsyncDisposable
{
    // Not random: some random digits look like a card number, which no address may contain.
    private static int s_members;

    private const string InsertMemberSql = """
        INSERT INTO members (account_id, handle, email, email_key, name, role, password_hash, created_at, active_since, totp_seed, failures, locked_until)
        VALUES (@account, @email, @email, lower(@email), @name, @role, '', 0, @now, @seed, @failures, @lockedUntil)
        RETURNING id
        """;

    private const string InsertSessionSql = """
        INSERT INTO member_sessions (secret_hash, member_id, created_at, confirmed_at, last_input_at, ends_at, user_agent)
        VALUES (randomblob(32), @member, 0, 0, 0, @endsAt, 'Test')
        RETURNING id
        """;

    private MembersOfAVault(TestVault vault, FakeTimeProvider clock, Tenant tenant) => (Vault, Clock, Tenant) = (vault, clock, tenant);

    public TestVault Vault { get; }

    public FakeTimeProvider Clock { get; }

    public Tenant Tenant { get; }

    public static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<MembersOfAVault> OpenAsync()
    {
        var clock = Clocks.New();
        var vault = await TestVault.OpenAsync(clock: clock);
        return new MembersOfAVault(vault, clock, await vault.NewTenantAsync());
    }

    public T Get<T>()
        where T : notnull => Vault.Get<T>();

    /// <summary>Adds a member who signed in a moment ago.</summary>
    public async Task<SignedInMember> AddAsync(MemberRole role, string name = "Ann", string? email = null, AccountId? account = null, DateTimeOffset? lockedUntil = null)
    {
        var owner = account ?? Tenant.Account;
        var address = email ?? $"member{Interlocked.Increment(ref s_members)}@example.com";
        var (id, session) = await WriteAsync(connection =>
        {
            var member = connection.ExecuteScalar<long>(
                InsertMemberSql,
                new { account = owner.Value, email = address, name, role = role.ToString(), now = UnixTime.Of(Clock.GetUtcNow()), seed = new byte[] { 1 }, failures = lockedUntil is null ? 0 : 10, lockedUntil = UnixTime.Of(lockedUntil) });
            return (member, connection.ExecuteScalar<long>(InsertSessionSql, new { member, endsAt = UnixTime.Of(Clock.GetUtcNow().AddHours(8)) }));
        });
        return new SignedInMember(new MemberId(id), owner, address, name, role, new SessionId(session), Clock.GetUtcNow(), Address);
    }

    /// <summary>Completes the set-up behind a link.</summary>
    /// <returns>The member; null when the link created none.</returns>
    public Task<Member?> TryJoinAsync(OpaqueSecret link, string email)
    {
        EmailAddress.TryParse(email, out var address).ShouldBeTrue();
        var now = Clock.GetUtcNow();
        return Get<IMemberLinkStore>().TryCreateMemberAsync(
            link,
            new NewMember
            {
                Handle = $"{Guid.NewGuid():N}",
                Email = address,
                Name = "Joined",
                Credentials = new NewCredentials { PasswordHash = "", TotpSeed = [1], RecoveryCodeHashes = [] },
            },
            now,
            new AuditActor(default, "").Entry(now, AuditAction.MemberJoined, subject: ""));
    }

    public async Task<AccountId> NewAccountAsync() => (await Vault.NewTenantAsync()).Account;

    /// <summary>The number of active sessions of a member.</summary>
    public Task<int> CountSessionsAsync(SignedInMember member) =>
        ReadAsync(connection => connection.ExecuteScalar<int>("SELECT COUNT(*) FROM member_sessions WHERE member_id = @id AND ended_at IS NULL", new { id = member.Id.Value }));

    /// <summary>The audit trail of an account, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> TrailAsync(AccountId? account = null, int limit = 1000) =>
        [.. (await Get<IAuditStore>().ListAsync(account ?? Tenant.Account, null, null, limit, Ct)).Select(recorded => recorded.Entry).Reverse()];

    public Task<T> WriteAsync<T>(Func<System.Data.Common.DbConnection, T> work) => Get<IDatabase>().WriteAsync(work);

    public Task<T> ReadAsync<T>(Func<System.Data.Common.DbConnection, T> work) => Get<IDatabase>().ReadAsync(work, Ct);

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}
