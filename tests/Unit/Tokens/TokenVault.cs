using System.Net;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Tokens;

/// <summary>A vault with one tenant and its members, whose clock and index rounds a test controls.</summary>
internal sealed class TokenVault : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    private TokenVault(TestVault vault, FakeTimeProvider clock, Tenant tenant) => (Vault, Clock, Tenant) = (vault, clock, tenant);

    public TestVault Vault { get; }

    public FakeTimeProvider Clock { get; }

    public Tenant Tenant { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TokenVault> OpenAsync()
    {
        var clock = new FakeTimeProvider(Start);
        var vault = await TestVault.OpenAsync(clock: clock);
        return new TokenVault(vault, clock, await vault.NewTenantAsync());
    }

    public T Get<T>()
        where T : notnull => Vault.Get<T>();

    public SignedInMember Member(MemberRole role = MemberRole.Owner, Tenant? of = null) => new(
        new MemberId(7), (of ?? Tenant).Account, "ada@example.com", "Ada Lovelace", role, new SessionId(1), Clock.GetUtcNow(), IPAddress.Loopback);

    public async Task<SetupIntent> CreateAsync(
        string reference = "Booking 4711", string? card = VaultSamples.Visa, string expiry = "12/29", Tenant? tenant = null, string actor = "key:12")
    {
        using var request = VaultSamples.Request(reference, card, expiry);
        return (await Get<ISetupIntentService>().CreateAsync(new Caller(tenant ?? Tenant, actor), request, null)).Value.ShouldNotBeNull();
    }

    public async Task DeleteAsync(SetupIntent intent) =>
        (await Get<ISetupIntentService>().DeleteAsync(new Caller(Tenant, "key:12"), intent.Id, includeAuthorized: true)).IsSuccess.ShouldBeTrue();

    /// <summary>Creates another location of the account.</summary>
    public async Task<Tenant> NewLocationAsync()
    {
        var id = await Get<IDatabase>().WriteAsync(connection => connection.ExecuteScalar<long>(
            $"INSERT INTO locations (account_id, name, slug, created_at) VALUES ({Tenant.Account.Value}, 'Airport', 'airport', 0) RETURNING id"));
        return Tenant with { Location = new LocationId(id) };
    }

    public Task IndexAsync() => Get<TokenIndexing>().RunOnceAsync(Ct);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql) =>
        Get<IDatabase>().ReadAsync<IReadOnlyList<T>>(connection => [.. connection.Query<T>(sql)], Ct);

    /// <summary>Executes SQL that the service may not, because it owns no table.</summary>
    public Task ExecuteAsync(string sql) => Task.Run(() => Vault.Directory.Execute(sql), Ct);

    /// <summary>Executes SQL as an attacker with write access to the file could: removes the triggers, and restores them afterwards.</summary>
    public void Tamper(string sql) => Vault.Directory.Tamper(sql);

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}
