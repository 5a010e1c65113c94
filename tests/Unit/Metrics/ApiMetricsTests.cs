using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Members;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Tests.Unit.Metrics;

public sealed class ApiMetricsTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _viewer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiMetrics Metrics => _vault.Get<IApiMetrics>();

    private DateTimeOffset Now => _vault.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _viewer = await _vault.AddAsync(MemberRole.Viewer);
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Requests_are_counted_by_hour_and_by_what_came_of_them()
    {
        await LogAsync(Entry(200, Now), Entry(200, Now), Entry(404, Now), Entry(503, Now.AddHours(-1)));
        await LogAsync(Entry(200, Now), Entry(429, Now.AddHours(-23)));

        var figures = (await Metrics.ReadAsync(_viewer, _vault.Tenant, 24, Ct)).Value!;

        figures.Hours.Count.ShouldBe(24);
        figures.Hours[^1].ShouldBe(new ApiHour(new DateTimeOffset(2026, 6, 15, 9, 0, 0, TimeSpan.Zero), Succeeded: 3, Refused: 1, Failed: 0));
        figures.Hours[^2].Failed.ShouldBe(1);
        figures.Hours[0].Refused.ShouldBe(1);
        (figures.Requests, figures.Refused, figures.Failed).ShouldBe((6, 2, 1));
    }

    [Fact]
    public async Task Percentiles_are_those_of_all_hours_together()
    {
        await LogAsync([.. Enumerable.Range(1, 99).Select(_ => Entry(200, Now, 2)), Entry(200, Now.AddHours(-5), 500)]);
        await LogAsync(Entry(200, Now.AddHours(-2), 500));

        var figures = (await Metrics.ReadAsync(_viewer, _vault.Tenant, 24, Ct)).Value!;

        figures.Median!.Value.TotalMilliseconds.ShouldBe(2, 2 * 0.05);
        figures.Slowest!.Value.TotalMilliseconds.ShouldBe(500, 500 * 0.05);
    }

    [Fact]
    public async Task Without_requests_there_are_hours_and_no_percentiles()
    {
        var figures = (await Metrics.ReadAsync(_viewer, _vault.Tenant, 24, Ct)).Value!;

        figures.Hours.ShouldAllBe(hour => hour.Requests == 0);
        figures.Median.ShouldBeNull();
        figures.Slowest.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_sees_the_figures_of_others()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());
        await LogAsync(Entry(200, Now), Entry(200, Now) with { Tenant = _vault.Tenant with { Environment = TenantEnvironment.Production } });

        (await Metrics.ReadAsync(_viewer, _vault.Tenant, 24, Ct)).Value!.Requests.ShouldBe(1);
        foreach (var tenant in new[] { _vault.Tenant, _vault.Tenant with { Account = stranger.Account } })
        {
            (await Metrics.ReadAsync(stranger, tenant, 24, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
            (await Metrics.ReadFirstStepsAsync(stranger, tenant, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
            (await Metrics.ListExpiringKeysAsync(stranger, tenant, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        }
    }

    [Fact]
    public async Task Hours_before_others_are_read_by_themselves()
    {
        await LogAsync(Entry(200, Now));
        _vault.Clock.Advance(TimeSpan.FromHours(2));
        await LogAsync(Entry(404, Now), Entry(404, Now));

        (await Metrics.ReadAsync(_viewer, _vault.Tenant, 2, Ct)).Value!.Requests.ShouldBe(2);
        var before = (await Metrics.ReadAsync(_viewer, _vault.Tenant, 2, Ct, ago: 2)).Value!;
        (before.Requests, before.Refused, before.Hours.Count).ShouldBe((1, 0, 2));
    }

    [Fact]
    public async Task Metrics_go_after_two_months()
    {
        await LogAsync(Entry(200, Now), Entry(404, Now));

        _vault.Clock.Advance(TimeSpan.FromHours(IApiMetrics.MostHours - 1));
        await _vault.Get<MetricRetention>().RunOnceAsync(Ct);
        (await Metrics.ReadAsync(_viewer, _vault.Tenant, IApiMetrics.MostHours, Ct)).Value!.Requests.ShouldBe(2);

        _vault.Clock.Advance(TimeSpan.FromHours(1));
        await _vault.Get<MetricRetention>().RunOnceAsync(Ct);
        (await _vault.Get<IApiMetricsStore>().ReadAsync(_vault.Tenant, 0, MetricHours.Of(Now), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_figures_than_a_batch_go_in_one_round()
    {
        await LogAsync([.. Enumerable.Range(1, 1200).Select(number => Entry(200, Now.AddHours(-number % 40), number * 7))]);
        _vault.Clock.Advance(TimeSpan.FromDays(63));

        await _vault.Get<MetricRetention>().RunOnceAsync(Ct);

        (await _vault.Get<IApiMetricsStore>().ReadAsync(_vault.Tenant, MetricHours.Of(Now.AddDays(-70)), MetricHours.Of(Now), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task First_steps_tick_themselves_off()
    {
        (await StepsAsync()).ShouldBe(new FirstSteps(HasKey: false, HasToken: false, HasWebhook: false));

        await _vault.Get<IApiKeyService>().CreateAsync(new NewApiKey(_vault.Tenant, "Test", ApiKeyScopes.All), Ct);
        (await StepsAsync()).ShouldBe(new FirstSteps(HasKey: true, HasToken: false, HasWebhook: false));

        using var request = VaultSamples.Request();
        await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(_vault.Tenant, "key:1"), request, idempotencyKey: null);
        (await StepsAsync()).ShouldBe(new FirstSteps(HasKey: true, HasToken: true, HasWebhook: false));

        await _vault.Get<IDatabase>().WriteAsync(connection => connection.Execute($"""
            INSERT INTO webhook_subscriptions (id, account_id, location_id, environment, url, created_at, updated_at) VALUES (5, {_vault.Tenant.Account.Value}, {_vault.Tenant.Location.Value}, {(int)_vault.Tenant.Environment}, 'https://hooks.example.com', 0, 0);
            INSERT INTO webhook_deliveries (id, subscription_id, event_id, event, sequence, body, queued_at) VALUES (9, 5, 'e', 'webhook.test', 1, x'00', 0);
            """));
        (await StepsAsync()).AreDone.ShouldBeFalse("nothing was delivered");
        await _vault.Get<IDatabase>().WriteAsync(connection => connection.Execute("UPDATE webhook_deliveries SET delivered_at = 1"));
        (await StepsAsync()).AreDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_that_expire_within_thirty_days_are_listed_the_next_first()
    {
        await AddKeyAsync("never", null);
        await AddKeyAsync("later", Now.AddDays(31));
        await AddKeyAsync("month", Now.AddDays(30));
        await AddKeyAsync("tomorrow", Now.AddDays(1));
        await AddKeyAsync("gone", Now);
        var developer = await _vault.AddAsync(MemberRole.Developer);

        (await Metrics.ListExpiringKeysAsync(developer, _vault.Tenant, Ct)).Value!.Keys.Select(key => key.Name).ShouldBe(["tomorrow", "month"]);
        (await Metrics.ListExpiringKeysAsync(_viewer, _vault.Tenant, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    [Theory]
    [InlineData(MemberRole.Owner)]
    [InlineData(MemberRole.Admin)]
    [InlineData(MemberRole.Developer)]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Auditor)]
    public async Task Every_role_sees_figures(MemberRole role) =>
        (await Metrics.ReadAsync(await _vault.AddAsync(role), _vault.Tenant, 24, Ct)).IsSuccess.ShouldBeTrue();

    private async Task<FirstSteps> StepsAsync() => (await Metrics.ReadFirstStepsAsync(_viewer, _vault.Tenant, Ct)).Value!;

    private async Task AddKeyAsync(string name, DateTimeOffset? expiresAt) =>
        await _vault.Get<IApiKeyService>().CreateAsync(new NewApiKey(_vault.Tenant, name, ApiKeyScopes.All, expiresAt), Ct);

    private Task LogAsync(params RequestLogEntry[] entries) => _vault.Get<IRequestLogStore>().InsertAsync(entries);

    private RequestLogEntry Entry(int status, DateTimeOffset at, double milliseconds = 3) =>
        Samples.Entry with { Tenant = _vault.Tenant, Status = status, At = at, Duration = TimeSpan.FromMilliseconds(milliseconds) };
}
