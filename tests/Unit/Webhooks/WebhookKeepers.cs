using System.Net;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>A vault that delivers events, and the members who manage its webhook endpoints.</summary>
internal sealed class WebhookKeepers : IAsyncDisposable
{
    private readonly WebhookDispatcher _dispatcher;

    private WebhookKeepers(TestVault vault, Tenant tenant, TimeProvider clock)
    {
        (Vault, Tenant, Clock) = (vault, tenant, clock);
        _dispatcher = vault.Get<WebhookDispatcher>();
    }

    public TestVault Vault { get; }

    public TimeProvider Clock { get; }

    public Tenant Tenant { get; }

    public Tenant Production => Tenant with { Environment = TenantEnvironment.Production };

    public SignedInMember Developer => Member(MemberRole.Developer);

    public IWebhookManagement Webhooks => Vault.Get<IWebhookManagement>();

    public IWebhookHistory History => Vault.Get<IWebhookHistory>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<WebhookKeepers> StartAsync(TimeProvider? given = null)
    {
        var clock = given ?? new SteppedClock();
        var vault = await TestVault.OpenAsync(clock: clock, replace: services => services.Configure<WebhookOptions>(options => options.AllowLocalhost = true));
        var keepers = new WebhookKeepers(vault, await vault.NewTenantAsync(), clock);
        await keepers._dispatcher.StartAsync(Ct);
        return keepers;
    }

    public SignedInMember Member(MemberRole role, Tenant? of = null, DateTimeOffset? confirmedAt = null) => new(
        new MemberId(7), (of ?? Tenant).Account, "kim@example.com", "Kim", role, new SessionId(1), confirmedAt ?? Clock.GetUtcNow(), IPAddress.Parse("192.0.2.1"));

    public async Task<MadeWebhook> MakeAsync(string url = WebhookUrls.Inspector, Tenant? tenant = null) =>
        (await Webhooks.CreateAsync(Member(MemberRole.Developer, tenant), tenant ?? Tenant, new WebhookDraft(url, null, WebhookEvents.Names))).Value.ShouldNotBeNull();

    /// <summary>Sends a test event, and waits until its attempt is recorded.</summary>
    public async Task<ListedWebhookDelivery> TestAsync(string id)
    {
        var before = (await ListAsync(id)).Count;
        using var follower = (await History.FollowAsync(Developer, Tenant, id, Ct)).Value!;
        (await Webhooks.TestAsync(Developer, Tenant, id)).Refusal.ShouldBeNull();
        return (await UntilAsync(follower, id, items => items.Count > before && items[0].Attempts > 0))[0];
    }

    /// <summary>Waits until the deliveries satisfy a condition.</summary>
    public async Task<IReadOnlyList<ListedWebhookDelivery>> UntilAsync(FeedSubscription follower, string id, Func<IReadOnlyList<ListedWebhookDelivery>, bool> isReached)
    {
        while (true)
        {
            var items = await ListAsync(id);
            if (isReached(items))
            {
                return items;
            }

            await follower.WaitAsync(Ct);
        }
    }

    public async Task<IReadOnlyList<ListedWebhookDelivery>> ListAsync(string id, WebhookDeliveryFilter? filter = null) =>
        (await History.ListAsync(Developer, Tenant, id, filter ?? new WebhookDeliveryFilter(), before: null, Ct)).Value!.Items;

    public async Task<WebhookDeliveryDetail> FindAsync(string id, long delivery) => (await History.FindAsync(Developer, Tenant, id, delivery, Ct)).Value!;

    public async Task<WebhookEndpoint> GetAsync(string id) => (await Webhooks.GetAsync(Developer, Tenant, id, Ct)).Value!;

    public async Task<IReadOnlyList<AuditEntry>> TrailAsync(string subject) =>
        [.. (await Vault.Get<IAuditStore>().ListAsync(Tenant.Account, subject, before: null, 100, Ct)).Select(recorded => recorded.Entry)];

    public Task ExecuteAsync(string sql) => Vault.Get<IDatabase>().WriteAsync(connection => connection.Execute(TestDatabase.Translate(sql)));

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.StopAsync(CancellationToken.None);
        await Vault.DisposeAsync();
    }
}
