using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

/// <summary>A vault with a company and its members, and helpers for operations on keys.</summary>
internal sealed class KeyKeepers : IAsyncDisposable
{
    private int _forms;

    private KeyKeepers(FakeTimeProvider clock, TestVault vault, Tenant tenant) => (Clock, Vault, Tenant) = (clock, vault, tenant);

    public FakeTimeProvider Clock { get; }

    public TestVault Vault { get; }

    public Tenant Tenant { get; }

    public Tenant Production => Tenant with { Environment = TenantEnvironment.Production };

    public SignedInMember Developer => Member(MemberRole.Developer);

    public IApiKeyService Keys => Vault.Get<IApiKeyService>();

    public IApiKeyInsight Insight => Vault.Get<IApiKeyInsight>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts it, with a new clock unless one is given.</summary>
    public static async Task<KeyKeepers> StartAsync(FakeTimeProvider? given = null)
    {
        var clock = given ?? Clocks.New();
        var vault = await TestVault.OpenAsync(clock: clock, replace: services => services.AddSingleton<IOperationScopes, TwoOperations>());
        return new KeyKeepers(clock, vault, await vault.NewTenantAsync());
    }

    public SignedInMember Member(MemberRole role, Tenant? of = null, DateTimeOffset? confirmedAt = null) => new(
        new MemberId(7), (of ?? Tenant).Account, "kim@example.com", "Kim", role, new SessionId(1), confirmedAt ?? Now, IPAddress.Parse("192.0.2.1"));

    public string NewForm() => $"form-{++_forms}";

    public async Task<MadeApiKey> MakeAsync(
        string name = "Till", ApiKeyScopes scopes = ApiKeyScopes.All, string? addresses = null, DateTimeOffset? expiresAt = null, Tenant? tenant = null)
    {
        var made = await Keys.CreateAsync(Member(MemberRole.Developer, tenant), tenant ?? Tenant, new ApiKeyDraft(name, new ApiKeyLimits(scopes, addresses, expiresAt), NewForm()), Ct);
        return made.Value.ShouldNotBeNull(made.Refusal?.ToString());
    }

    public async Task<bool> IsTakenAsync(ApiKeySecret secret) => await Vault.Get<IApiKeyService>().AuthenticateAsync(secret.Reveal(), Ct) is not null;

    /// <summary>The actions in the audit trail of a key, newest first.</summary>
    public async Task<IReadOnlyList<string>> TrailAsync(ApiKeyId id) =>
        [.. (await Insight.AuditTrailAsync(Developer, Tenant, id, Ct)).Value!.Entries.Select(entry => entry.Entry.Action)];

    /// <summary>Adds requests with the key to the log.</summary>
    public Task UseAsync(ManagedApiKey key, int times = 1, string method = "GET", string route = TwoOperations.Read, string? address = "198.51.100.7", int status = 200, DateTimeOffset? at = null) =>
        Vault.Get<IRequestLogStore>().InsertAsync([.. Enumerable.Range(0, times).Select(_ => RequestLogs.Samples.Entry with
        {
            Tenant = key.Key.Tenant,
            Key = key.Key.Id,
            At = at ?? Now,
            Method = method,
            Route = route,
            Status = status,
            ClientAddress = address is null ? null : IPAddress.Parse(address),
        })]);

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}

/// <summary>An API with one operation that reads and one that tokenizes.</summary>
internal sealed class TwoOperations : IOperationScopes
{
    public const string Read = "/setup-intents/{id}";
    public const string Tokenize = "/setup-intents";

    public ApiKeyScopes? ScopeOf(string method, string route) => (method, route) switch
    {
        ("GET", Read) => ApiKeyScopes.Read,
        ("POST", Tokenize) => ApiKeyScopes.Tokenize,
        _ => null,
    };
}
