using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class ApiKeyUsageTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;
    private ManagedApiKey _key = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await KeyKeepers.StartAsync();
        _key = (await _house.MakeAsync()).Key;
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Requests_are_counted_by_day_operation_and_address()
    {
        await _house.UseAsync(_key, 3);
        await _house.UseAsync(_key, 2, status: 404);
        await _house.UseAsync(_key, 4, "POST", TwoOperations.Tokenize, "198.51.100.8", at: _house.Now.AddDays(-29));
        await _house.UseAsync(_key, 5, at: _house.Now.AddDays(-30));
        await _house.UseAsync(_key, 1, "PUT", "(no such resource)", address: null, status: 404);

        var report = await ReportAsync();

        report.Days.Count.ShouldBe(30);
        (report.Days[^1].Requests, report.Days[^1].Failed).ShouldBe((6, 3));
        report.Days[0].Requests.ShouldBe(4);
        report.Days.Sum(day => day.Requests).ShouldBe(10);
        report.Operations.Select(operation => (operation.Method, operation.Scope, operation.Requests))
            .ShouldBe([("GET", ApiKeyScopes.Read, 5L), ("POST", ApiKeyScopes.Tokenize, 4L), ("PUT", null, 1L)]);
        report.Addresses.Select(address => (address.Address?.ToString(), address.Requests)).ShouldBe([("198.51.100.7", 5L), ("198.51.100.8", 4L), (null, 1L)]);
    }

    [Fact]
    public async Task A_scope_is_unused_until_a_request_that_needs_it_got_through()
    {
        (await ReportAsync()).UnusedScopes.ShouldBe(ApiKeyScopes.All);
        await _house.UseAsync(_key);
        await _house.UseAsync(_key, 1, "POST", TwoOperations.Tokenize, status: 403);

        (await ReportAsync()).UnusedScopes.ShouldBe(ApiKeyScopes.All & ~ApiKeyScopes.Read);
    }

    [Fact]
    public async Task A_key_is_young_until_it_is_as_old_as_the_days_that_are_counted()
    {
        (await ReportAsync()).IsYoung.ShouldBeTrue();

        _house.Clock.Advance(TimeSpan.FromDays(30));

        (await ReportAsync()).IsYoung.ShouldBeFalse();
    }

    [Fact]
    public async Task The_last_use_is_the_latest_whenever_it_is_written()
    {
        await _house.UseAsync(_key, address: "198.51.100.9", status: 403);
        await _house.UseAsync(_key, at: _house.Now.AddSeconds(-1));

        var key = (await _house.Keys.GetAsync(_house.Developer, _house.Tenant, _key.Key.Id, Ct)).Value!;

        key.LastUsedAt.ShouldBe(_house.Now);
        key.LastUsedFrom!.ToString().ShouldBe("198.51.100.9");
    }

    [Fact]
    public async Task Counts_go_with_the_log_that_they_count()
    {
        await _house.UseAsync(_key, 2);
        _house.Clock.Advance(TimeSpan.FromDays(30));
        await _house.UseAsync(_key, 3);
        await _house.Vault.Get<RequestLogRetention>().RunOnceAsync(Ct);
        (await CountAsync("api_key_usage")).ShouldBe(5, "the hour of the oldest entry that is kept is kept");
        (await CountAsync("api_key_minutes")).ShouldBe(3);

        _house.Clock.Advance(TimeSpan.FromDays(1));
        await _house.Vault.Get<RequestLogRetention>().RunOnceAsync(Ct);

        (await CountAsync("api_key_usage")).ShouldBe(3);
        (await CountAsync("api_key_minutes")).ShouldBe(0);
    }

    [Trait("Engine", "Sqlite")]
    [Theory]
    [InlineData(ApiKeyUsageStore.HoursSql, "SEARCH u USING PRIMARY KEY (api_key_id=? AND hour>?)")]
    [InlineData(ApiKeyUsageStore.KindsSql, "SEARCH u USING PRIMARY KEY (api_key_id=? AND hour>?)")]
    [InlineData(ApiKeyUsageStore.MinutesSql, "SEARCH u USING PRIMARY KEY (api_key_id=? AND minute>?)")]
    [InlineData(ApiKeyUsageStore.NewestSql, "SEARCH request_logs USING INDEX ix_request_logs_key (api_key_id=? AND at>? AND at<?)")]
    [InlineData(ApiKeyUsageRollUp.DeleteHoursSql, "SEARCH api_key_usage USING COVERING INDEX ix_api_key_usage_hour (hour<?)")]
    [InlineData(ApiKeyUsageRollUp.DeleteMinutesSql, "SEARCH api_key_minutes USING COVERING INDEX ix_api_key_minutes_minute (minute<?)")]
    public async Task Every_query_goes_straight_to_the_rows_it_wants(string sql, string step)
    {
        var plan = await _house.Vault.Get<IDatabase>().ReadAsync(
            connection =>
            {
                using var command = ((SqliteConnection)connection).CreateCommand();
                command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
                foreach (var name in new[] { "@account", "@location", "@environment", "@key", "@first", "@second", "@from", "@until", "@method", "@route", "@status", "@address", "@most", "@before", "@batchSize" })
                {
                    command.Parameters.AddWithValue(name, 1);
                }

                using var reader = command.ExecuteReader();
                var steps = new List<string>();
                while (reader.Read())
                {
                    steps.Add(reader.GetString(3));
                }

                return steps;
            },
            Ct);

        plan.ShouldContain(line => line == step, string.Join("\n", plan));
        plan.ShouldAllBe(line => !line.StartsWith("SCAN u", StringComparison.Ordinal) && !line.StartsWith("SCAN request_logs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_counts_exactly_what_scopes_and_addresses_would_refuse()
    {
        await _house.UseAsync(_key, 5);
        await _house.UseAsync(_key, 3, "POST", TwoOperations.Tokenize);
        await _house.UseAsync(_key, 2, address: "203.0.113.9");
        await _house.UseAsync(_key, 1, address: null);
        await _house.UseAsync(_key, 7, "POST", TwoOperations.Tokenize, status: 403);
        await _house.UseAsync(_key, 6, "PUT", "(no such resource)", status: 404);
        await _house.UseAsync(_key, 8, at: _house.Now.AddDays(-7).AddHours(-1));

        (await TryAsync(new ApiKeyLimits(ApiKeyScopes.All))).Refused.ShouldBe(0);
        (await TryAsync(new ApiKeyLimits(ApiKeyScopes.Read))).Refused.ShouldBe(3);
        (await TryAsync(new ApiKeyLimits(ApiKeyScopes.All, "198.51.100.0/24"))).Refused.ShouldBe(3);
        var both = await TryAsync(new ApiKeyLimits(ApiKeyScopes.Read, "198.51.100.0/24"));
        (both.Requests, both.Refused, both.EndsSooner).ShouldBe((11, 6, false));
        both.Affected.Examples.Count.ShouldBe(5);
        both.Affected.Examples.Select(example => (example.Method, example.Address?.ToString())).Distinct()
            .ShouldBe([("POST", "198.51.100.7"), ("GET", "203.0.113.9"), ("GET", null)], ignoreOrder: true);
        both.Affected.Examples.ShouldAllBe(example => example.At == _house.Now);
    }

    [Fact]
    public async Task A_dry_run_says_that_a_nearer_expiry_ends_everything_and_changes_nothing()
    {
        await _house.UseAsync(_key, 9);

        var sooner = await TryAsync(new ApiKeyLimits(ApiKeyScopes.All, null, _house.Now.AddDays(1)));

        (sooner.Requests, sooner.Refused, sooner.EndsSooner).ShouldBe((9, 0, true));
        sooner.Affected.Examples.Count.ShouldBe(5);
        (await _house.Insight.TryAsync(_house.Developer, _house.Tenant, _key.Key.Id, new ApiKeyLimits(ApiKeyScopes.None, "x", _house.Now), Ct))
            .Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.Count.ShouldBe(3);
        (await _house.TrailAsync(_key.Key.Id)).ShouldBe(["api key created"]);
    }

    private async Task<ApiKeyUsageReport> ReportAsync() => (await _house.Insight.ReportAsync(_house.Developer, _house.Tenant, _key.Key.Id, TimeZoneInfo.Utc, Ct)).Value.ShouldNotBeNull();

    private async Task<ApiKeyDryRun> TryAsync(ApiKeyLimits limits) => (await _house.Insight.TryAsync(_house.Developer, _house.Tenant, _key.Key.Id, limits, Ct)).Value.ShouldNotBeNull();

    private Task<long> CountAsync(string table) =>
        _house.Vault.Get<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<long>($"SELECT COALESCE(SUM(requests), 0) FROM {table}"), Ct);
}
