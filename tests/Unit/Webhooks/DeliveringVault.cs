using System.Net;
using System.Threading.Channels;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Pages;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>A vault that delivers events, with a clock that a test moves.</summary>
internal sealed class DeliveringVault : IAsyncDisposable
{
    public const int AtOnce = 3;

    private readonly TestVault _vault;
    private readonly WatchedStore _store;
    private readonly LogCapture _log = new();
    private readonly ILoggerFactory _logging;
    private WebhookDispatcher _dispatcher = null!;
    private long _tokens;

    private DeliveringVault(TestVault vault, Tenant tenant, SteppedClock clock)
    {
        (_vault, Tenant, Clock) = (vault, tenant, clock);
        _store = (WatchedStore)vault.Get<IWebhookDeliveryStore>();
        _logging = LoggerFactory.Create(logging => logging.AddProvider(_log));
    }

    public SteppedClock Clock { get; }

    public Tenant Tenant { get; }

    public Caller Caller => new(Tenant, "key:1");

    public IWebhookService Webhooks => _vault.Get<IWebhookService>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="addresses">The addresses that host names resolve to, one answer after another, the last for good; null to resolve them normally.</param>
    public static async Task<DeliveringVault> StartAsync(params string[] addresses)
    {
        var clock = new SteppedClock();
        var vault = await TestVault.OpenAsync(clock: clock, replace: services =>
        {
            services.Configure<WebhookOptions>(options => (options.AllowLocalhost, options.InFlightPerSubscription) = (true, AtOnce));
            services.AddSingleton<IWebhookDeliveryStore>(provider => new WatchedStore(new WebhookDeliveryStore(provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<WebhookDeliveryRows>())));
            if (addresses.Length > 0)
            {
                services.AddSingleton<IHostResolver>(new ReconciliationJob(addresses));
            }
        });
        var delivering = new DeliveringVault(vault, await vault.NewTenantAsync(), clock);
        await delivering.StartDispatcherAsync();
        return delivering;
    }

    /// <summary>Creates a subscription to new tokens, with its active secret.</summary>
    public async Task<WebhookSubscription> SubscribeAsync(string url) =>
        (await Webhooks.CreateAsync(Caller, new WebhookRequest([WebhookEvents.SetupIntentCreated], url, null))).Value.ShouldNotBeNull();

    /// <summary>Creates a token, which causes an event.</summary>
    public Task MakeTokenAsync()
    {
        var now = Clock.GetUtcNow();
        var token = new StoredSetupIntent(Interlocked.Increment(ref _tokens), Tenant, SetupIntentStatus.Created, now, now, "reference", null, null, null);
        return _vault.Get<ISetupIntentStore>().InsertAsync(token, [new(SetupIntentEventType.Created, now, "key:1", "created on request")], null);
    }

    /// <summary>Leaves the events of a busy commit as a process does that ends before it delivers them.</summary>
    public Task LeavePackedAsync(int count)
    {
        var now = Clock.GetUtcNow();
        var events = Enumerable.Range(1, count)
            .Select(token => new PendingEvent(WebhookMessages.NewId(), WebhookEvents.SetupIntentCreated, now, new EventSubject(EventSubjectKind.SetupIntent, token) { Status = "Created" }));
        var row = new { now = UnixTime.Of(now), packed = PackedEvents.Pack([.. events]) };
        return _vault.Get<IDatabase>().WriteAsync(connection => connection.Execute(
            "INSERT INTO webhook_packed_events (subscription_id, first_sequence, queued_at, events) SELECT id, 1, @now, @packed FROM webhook_subscriptions", row));
    }

    /// <summary>Waits for the next attempt whose outcome is stored.</summary>
    public async Task<WebhookAttempt> RecordedAsync() => await _store.Recorded.Reader.ReadAsync(Ct);

    /// <summary>Waits until that many events were claimed since the last call.</summary>
    /// <returns>The number of claims.</returns>
    public async Task<int> ClaimedAsync(int count)
    {
        var claims = 0;
        for (var claimed = 0; claimed < count; claims++)
        {
            claimed += (await _store.Taken.Reader.ReadAsync(Ct))?.Due.Count ?? 0;
        }

        return claims;
    }

    /// <summary>Waits until a claim finds that nothing may be sent.</summary>
    public async Task RefusedAsync()
    {
        while (await _store.Taken.Reader.ReadAsync(Ct) is not null)
        {
            // claims before that
        }
    }

    /// <summary>Returns the number that a query finds.</summary>
    public long Single(string sql) => _vault.Directory.Single(sql);

    public async Task<IReadOnlyList<string?>> TextsAsync(string sql) =>
        await _vault.Get<IDatabase>().ReadAsync(connection => connection.Query<string?>(TestDatabase.Translate(sql)).AsList(), Ct);

    public async Task<IReadOnlyList<AuditEntry>> TrailAsync(string subject) =>
        [.. (await _vault.Get<IAuditStore>().ListAsync(Tenant.Account, subject, before: null, 100, Ct)).Select(recorded => recorded.Entry)];

    public Task DropOldAsync() => new WebhookRetention(_store, Clock).RunOnceAsync(Ct);

    public Task StopDispatcherAsync() => _dispatcher.StopAsync(Ct);

    /// <summary>Starts a dispatcher that knows only what is stored, as after a start of the process.</summary>
    public async Task StartDispatcherAsync()
    {
        _dispatcher = new WebhookDispatcher(
            _vault.Get<WebhookSignal>(), _vault.Get<ILeases>(), _store, _vault.Get<WebhookSender>(), _vault.Get<WebhookPace>(), _vault.Get<WebhookIds>(), _vault.Get<WebhookFeed>(), _vault.Get<IOptions<WebhookOptions>>(), Clock, _logging.CreateLogger<WebhookDispatcher>());
        await _dispatcher.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.StopAsync(CancellationToken.None);
        _dispatcher.Dispose();
        _logging.Dispose();
        await _vault.DisposeAsync();
        _log.Entries.ShouldBeEmpty("no lane has failed inside of the service");
    }

    private sealed class ReconciliationJob(string[] addresses) : IHostResolver
    {
        private int _asked = -1;

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
            Task.FromResult(new[] { IPAddress.Parse(addresses[Math.Min(Interlocked.Increment(ref _asked), addresses.Length - 1)]) });
    }

    /// <summary>The real store, which also signals when something is recorded.</summary>
    private sealed class WatchedStore(IWebhookDeliveryStore store) : IWebhookDeliveryStore
    {
        public double WritesPerCommit => store.WritesPerCommit;

        public Channel<WebhookAttempt> Recorded { get; } = Channel.CreateUnbounded<WebhookAttempt>();

        public Channel<WebhookWork?> Taken { get; } = Channel.CreateUnbounded<WebhookWork?>();

        public Task<IReadOnlyList<long>> ListWaitingAsync(CancellationToken ct) => store.ListWaitingAsync(ct);

        public Task<int> UnpackAsync(int limit) => store.UnpackAsync(limit);

        public async Task<WebhookWork?> TakeAsync(long subscription, DateTimeOffset now, int limit, IReadOnlySet<long> held)
        {
            var work = await store.TakeAsync(subscription, now, limit, held);
            Taken.Writer.TryWrite(work).ShouldBeTrue();
            return work;
        }

        public async Task RecordAsync(StoredWebhook webhook, IReadOnlyList<EndedAttempt> attempts, DateTimeOffset failingSince, AuditEntry disabled)
        {
            await store.RecordAsync(webhook, attempts, failingSince, disabled);
            foreach (var ended in attempts)
            {
                Recorded.Writer.TryWrite(ended.Attempt).ShouldBeTrue();
            }
        }

        public Task DropOlderThanAsync(DateTimeOffset instant, CancellationToken ct) => store.DropOlderThanAsync(instant, ct);
    }
}
