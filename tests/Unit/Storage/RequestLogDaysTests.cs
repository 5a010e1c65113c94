using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The request log on PostgreSQL: a partition for each day, maintained by the serving role.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class RequestLogDaysTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_midnight = new(Samples.Start.UtcDateTime.Date, TimeSpan.Zero);

    private readonly string _target = PostgresServer.Shared.CreateDatabase();
    private readonly FakeTimeProvider _clock = new(Samples.Start);
    private TestVault _vault = null!;
    private RequestLogRetention _retention = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(replace: services => services.PostConfigure<StorageOptions>(options =>
            (options.Provider, options.ConnectionString) = (StorageProvider.Postgres, PostgresServer.AsService(_target))));
        _retention = new RequestLogRetention(_vault.Get<IRequestLogStore>(), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        PostgresServer.Shared.DropDatabase(_target);
    }

    [Fact]
    public async Task Days_are_made_ahead_and_each_request_lies_in_its_own()
    {
        await _retention.RunOnceAsync(Ct);
        await InsertAsync(s_midnight, s_midnight.AddDays(1).AddMicroseconds(-1), s_midnight.AddDays(1), s_midnight.AddDays(3));

        (await PlacesAsync()).ShouldBe(["request_logs_20261122", "request_logs_20261122", "request_logs_20261123", "request_logs_rest"]);
    }

    [Fact]
    public async Task A_day_is_dropped_whole_once_it_is_30_days_past_and_what_lay_in_none_is_deleted()
    {
        await InsertAsync(s_midnight.AddDays(-1));
        await _retention.RunOnceAsync(Ct);
        await InsertAsync(s_midnight, s_midnight.AddDays(1));

        await RunAtAsync(s_midnight.AddDays(31).AddMicroseconds(-1));
        (await PlacesAsync()).ShouldBe(["request_logs_20261122", "request_logs_20261123"]);

        await RunAtAsync(s_midnight.AddDays(31));
        (await PlacesAsync()).ShouldBe(["request_logs_20261123"]);
        (await PartitionsAsync()).ShouldBe(
            ["request_logs_20261123", "request_logs_20261124", "request_logs_20261222", "request_logs_20261223", "request_logs_20261224", "request_logs_20261225", "request_logs_rest"]);
    }

    [Fact]
    public async Task A_day_that_began_before_it_was_made_stays_where_it_is_and_the_next_is_made()
    {
        await InsertAsync(s_midnight.AddHours(1));
        await _retention.RunOnceAsync(Ct);
        await _retention.RunOnceAsync(Ct);

        (await PartitionsAsync()).ShouldBe(["request_logs_20261123", "request_logs_20261124", "request_logs_rest"]);
    }

    [Fact]
    public async Task A_day_is_held_to_the_scope_as_the_log_is()
    {
        await _retention.RunOnceAsync(Ct);
        await InsertAsync(s_midnight);
        using var connection = new NpgsqlConnection(PostgresServer.AsService(_target));
        connection.Open();

        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM request_logs_20261122").ShouldBe(0, "without a scope");
        connection.Execute("SELECT set_config('portal.scope', '*', false)");
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM request_logs_20261122").ShouldBe(1);
        Should.Throw<PostgresException>(() => connection.Execute("DROP TABLE request_logs_20261122")).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await _vault.Get<IDatabase>().ReadAsync(reader => _vault.Get<IDatabase>().FindFaults(reader).ToList(), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Behind_a_long_read_the_days_wait_for_the_next_run_and_the_writer_does_not()
    {
        await InsertAsync(s_midnight.AddDays(-1));
        using (var reader = new NpgsqlConnection(_target))
        {
            reader.Open();
            using var reading = reader.BeginTransaction();
            reader.ExecuteScalar<long>("SELECT COUNT(*) FROM request_logs").ShouldBe(1);

            await _retention.RunOnceAsync(Ct);
            await InsertAsync(s_midnight);
            (await PartitionsAsync()).ShouldBe(["request_logs_rest"]);
        }

        await RunAtAsync(s_midnight.AddDays(1));
        (await PartitionsAsync()).Count.ShouldBe(4);
    }

    private Task InsertAsync(params IEnumerable<DateTimeOffset> times) => _vault.Get<IRequestLogStore>().InsertAsync([.. times.Select(at => Samples.Entry with { At = at })]);

    private Task RunAtAsync(DateTimeOffset now)
    {
        _clock.SetUtcNow(now);
        return _retention.RunOnceAsync(Ct);
    }

    private Task<IReadOnlyList<string>> PlacesAsync() => ListAsync("SELECT tableoid::regclass::text FROM request_logs ORDER BY id");

    private Task<IReadOnlyList<string>> PartitionsAsync() => ListAsync("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'request_logs'::regclass ORDER BY 1");

    private Task<IReadOnlyList<string>> ListAsync(string sql) => _vault.Get<IDatabase>().ReadAsync<IReadOnlyList<string>>(connection => connection.Query<string>(sql).AsList(), Ct);
}
