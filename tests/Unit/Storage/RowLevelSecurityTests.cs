using System.Globalization;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>
/// The tenant isolation that PostgreSQL itself enforces for the serving role. <c>PORTAL_TEST_STATEMENTS</c> sets the number of statements of the
/// random test, 1,500 by default; <c>PORTAL_TEST_SEED</c> repeats a run.
/// </summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    // Tables without rows of a tenant: those of nodes, of the service's own keys, and the data that is written in the background for all tenants at once.
    private static readonly string[] s_ofTheService =
    [
        "nodes", "leases", "node_messages", "schema_migrations", "data_keys", "data_key_manifest", "portal_keys", "sign_in_ceremonies", "attempts_of_nobody", "request_log_segments",
    ];

    private readonly string _target = PostgresServer.Shared.CreateDatabase();
    private UnfilteredDatabase _database = null!;
    private TestVault _vault = null!;
    private (Tenant Tenant, IReadOnlyDictionary<string, long[]> Ids)[] _tenants = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(replace: services =>
        {
            services.AddSingleton(provider => _database = new UnfilteredDatabase(provider.GetRequiredService<PostgresDatabase>()) { IsFiltered = true });
            services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<UnfilteredDatabase>());
            services.PostConfigure<StorageOptions>(options => (options.Provider, options.ConnectionString) = (StorageProvider.Postgres, PostgresServer.AsService(_target)));
        });
        _tenants = [await FilledTenantAsync(), await FilledTenantAsync()];
        await _vault.Get<TokenIndexing>().RunOnceAsync(Ct);
        _database.IsFiltered = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        PostgresServer.Shared.DropDatabase(_target);
    }

    [Fact]
    public void Every_table_is_held_to_the_scope_but_those_without_a_row_of_a_tenant()
    {
        using var connection = Connect(asService: false);
        connection.Query<string>("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)")
            .ShouldBe(s_ofTheService, ignoreOrder: true);
    }

    [Fact]
    public void Every_table_of_places_and_every_day_of_the_log_has_the_same_policy()
    {
        using var connection = Connect(asService: false);
        connection.Query<string>(
            """
            SELECT DISTINCT qual
              FROM pg_policies
             WHERE (SELECT COUNT(*) FROM pg_attribute WHERE attrelid = tablename::regclass AND attname IN ('account_id', 'location_id', 'environment')) = 3
            """).ShouldHaveSingleItem();
    }

    [Fact]
    public void Nobody_sees_a_row_without_a_scope_and_each_tenant_sees_its_own_alone()
    {
        using var all = Connect(asService: false);
        using var connection = Connect(asService: true);
        var seen = 0;
        foreach (var table in all.Query<string>("SELECT DISTINCT polrelid::regclass::text FROM pg_policy"))
        {
            var rows = all.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");
            long Count(string scope)
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute("SELECT set_config('portal.scope', @scope, true)", new { scope });
                return connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");
            }

            connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}").ShouldBe(0, $"{table}, never set");
            Count("").ShouldBe(0, $"{table}, nobody's");
            Count("*").ShouldBe(rows, $"{table}, the service's");
            Count("987654").ShouldBe(0, $"{table}, of an account that is not there");
            var each = _tenants.Select(filled => (OfAccount: Count(((TenantScope)filled.Tenant.Account).Setting), OfTenant: Count(((TenantScope)filled.Tenant).Setting))).ToList();
            each.Sum(counts => counts.OfAccount).ShouldBe(rows, $"{table}, one account after the other");
            each.ShouldAllBe(counts => counts.OfAccount == counts.OfTenant, $"{table}, whose accounts have a location each");
            var (account, location) = (_tenants[0].Tenant.Account.Value, _tenants[0].Tenant.Location.Value);
            if (table is "setup_intents" or "payment_intents" or "setup_intent_events" or "webhook_deliveries")
            {
                Count($"{account}/{location}/1").ShouldBe(0, $"{table}, in production");
                Count($"{account}/{location + 1}/0").ShouldBe(0, $"{table}, of another location");
            }

            seen += rows > 0 ? 1 : 0;
        }

        seen.ShouldBeGreaterThan(15, "tables with something in them");
    }

    [Fact]
    public async Task A_row_of_another_tenant_is_not_written()
    {
        var (mine, others) = (_tenants[0].Tenant, _tenants[1].Tenant);

        var refused = await Should.ThrowAsync<PostgresException>(() => _database.WriteAsync(mine, connection => connection.Execute(
            $"INSERT INTO reference_claims (location_id, environment, reference) VALUES ({others.Location.Value}, 0, 'mine')")));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await _database.WriteAsync(mine, connection => connection.Execute("UPDATE accounts SET name = 'Renamed'"))).ShouldBe(1, "its own");
    }

    [Fact]
    public async Task Statements_that_forgot_their_tenant_cross_to_no_other()
    {
        var wanted = int.Parse(Environment.GetEnvironmentVariable("PORTAL_TEST_STATEMENTS") ?? "1500", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("PORTAL_TEST_SEED") ?? "1", CultureInfo.InvariantCulture);
        for (var actor = 0; actor < 2; actor++)
        {
            var other = 1 - actor;
            var before = DigestOf(_tenants[other].Tenant);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => ActAsync(actor, new Random(seed * 100 + actor * 10 + worker), wanted * (actor + 1) / 2)));
            DigestOf(_tenants[other].Tenant).ShouldBe(before, $"what tenant {other} has, seed {seed}");
        }
    }

    [Theory]
    [InlineData("SELECT reference FROM setup_intents WHERE id IN (SELECT value FROM json_each(@list))", "Index Scan using setup_intents_pkey")]
    [InlineData("SELECT unique_references FROM locations WHERE id IN (SELECT value FROM json_each(@list))", "Index Scan using locations_pkey")]
    [InlineData("SELECT at, body FROM request_logs WHERE id IN (SELECT value FROM json_each(@list))", "Index Scan using request_logs_rest_pkey")]
    [InlineData("SELECT COUNT(*) FROM request_logs WHERE kind_id = 7 AND at > 5 AND @list <> ''", "Index Only Scan using request_logs_rest_kind_id_at_id_duration_")]
    [InlineData("SELECT setup_intent_id FROM token_index WHERE location_id = 1 AND environment = 0 AND status = 'Created' AND @list <> '' ORDER BY created_at DESC, setup_intent_id DESC LIMIT 5", "Index Scan Backward using ix_setup_intents_status")]
    [InlineData("SELECT setup_intent_id FROM token_index WHERE location_id = 1 AND environment = 0 AND folded_reference >= 'a' AND folded_reference < @list", "Index Only Scan using ix_setup_intents_reference")]
    [InlineData("SELECT setup_intent_id FROM card_tokens WHERE location_id = 1 AND environment = 0 AND card = x'00' AND @list <> '' ORDER BY setup_intent_id DESC LIMIT 5", "using ix_setup_intents_card")]
    public void Policies_do_not_keep_a_statement_from_its_index(string sql, string index)
    {
        foreach (var scope in new TenantScope[] { TenantScope.Service, _tenants[0].Tenant })
        {
            using var connection = Connect(asService: true);
            using var transaction = connection.BeginTransaction();
            connection.Execute("SELECT set_config('portal.scope', @scope, true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)", new { scope = scope.Setting });

            var plan = string.Join('\n', connection.Query<string>($"EXPLAIN {PostgresDialect.Translate(sql)}", new { list = "[1,2,3]" }));

            plan.ShouldContain(index);
        }
    }

    [Theory]
    [InlineData("ALTER TABLE customers NO FORCE ROW LEVEL SECURITY", "customers")]
    [InlineData("ALTER TABLE webhook_deliveries DISABLE ROW LEVEL SECURITY", "webhook_deliveries")]
    [InlineData("DROP POLICY scope ON setup_intents; ALTER TABLE setup_intents DISABLE ROW LEVEL SECURITY", "setup_intents")]
    public void A_table_that_is_no_longer_held_is_found(string change, string table)
    {
        using var connection = Connect(asService: false);
        PostgresSchema.FindFaults(connection).ShouldBeEmpty();

        connection.Execute(change);

        PostgresSchema.FindFaults(connection).ShouldBe([$"Row-level security does not hold {table}. Run migrate --roles again."]);
    }

    [Fact]
    public async Task Without_the_policies_the_same_statements_would_cross()
    {
        using (var connection = Connect(asService: false))
        {
            connection.Execute("ALTER TABLE setup_intents DISABLE ROW LEVEL SECURITY");
        }

        (await _vault.Get<ISetupIntentStore>().FindAsync(_tenants[0].Tenant, _tenants[1].Ids["setup_intents"][0], Ct)).ShouldNotBeNull();
    }

    // Every row that is read must be the tenant's; a query for an object of another tenant must find nothing.
    private async Task ActAsync(int actor, Random random, int until)
    {
        var (mine, others) = (_tenants[actor], _tenants[1 - actor]);
        var me = mine.Tenant;
        var (setups, payments, customers, webhooks) = (_vault.Get<ISetupIntentStore>(), _vault.Get<IPaymentIntentStore>(), _vault.Get<ICustomerStore>(), _vault.Get<IWebhookStore>());
        while (_database.Statements < until)
        {
            long Any(string table) => random.Next(2) == 0 ? others.Ids[table][random.Next(others.Ids[table].Length)] : mine.Ids[table][random.Next(mine.Ids[table].Length)];
            bool IsMine(string table, long id) => mine.Ids[table].Contains(id);
            var now = Clocks.New().GetUtcNow();
            var audit = AuditActor.Vault(me.Account).Entry(now, AuditAction.SeedEnded, "of the test");
            switch (random.Next(22))
            {
                case 0:
                    var setup = Any("setup_intents");
                    ((await setups.FindAsync(me, setup, Ct)) is not null).ShouldBe(IsMine("setup_intents", setup));
                    break;
                case 1:
                    setup = Any("setup_intents");
                    ((await setups.FindWithEventsAsync(me, setup, Ct)) is not null).ShouldBe(IsMine("setup_intents", setup));
                    break;
                case 2:
                    (await setups.ListEventsAsync(me, others.Ids["setup_intents"][random.Next(5)], Ct)).ShouldBeEmpty();
                    break;
                case 3:
                    (await setups.ListAsync(me, new SetupIntentPage(100, null, null, new SetupIntentFilter()), Ct)).ShouldAllBe(intent => intent.Tenant == me);
                    break;
                case 4:
                    (await setups.ListDueAsync(me, now.AddYears(10), 100, Ct)).ShouldAllBe(intent => intent.Tenant == me);
                    break;
                case 5:
                    var forged = (await setups.FindAsync(me, mine.Ids["setup_intents"][0], Ct))! with { RecordId = others.Ids["setup_intents"][random.Next(5)] };
                    await RefusedAsync(() => setups.AskLaterAsync(forged, now));
                    await RefusedAsync(() => setups.RenewClientSecretAsync(forged, now));
                    break;
                case 6:
                    forged = (await setups.FindAsync(me, mine.Ids["setup_intents"][0], Ct))! with { RecordId = others.Ids["setup_intents"][random.Next(5)] };
                    await RefusedAsync(() => setups.DestroyCardDataAsync(forged, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, now, "of the test", "")));
                    break;
                case 7:
                    var payment = Any("payment_intents");
                    ((await payments.FindAsync(me, payment, Ct)) is not null).ShouldBe(IsMine("payment_intents", payment));
                    break;
                case 8:
                    (await payments.SearchAsync(me, new PaymentIntentPage(Enum.GetValues<PaymentIntentStatus>(), null, null, null, null, 100), Ct)).ShouldAllBe(intent => intent.Tenant == me);
                    break;
                case 9:
                    var paid = (await payments.FindAsync(me, mine.Ids["payment_intents"][0], Ct))! with { RecordId = others.Ids["payment_intents"][random.Next(5)] };
                    (await payments.ListEventsAsync(paid, Ct)).ShouldBeEmpty();
                    (await payments.UpdateAsync(paid, paid with { UpdatedAt = now })).ShouldBeFalse();
                    break;
                case 10:
                    var settlements = _vault.Get<ISettlementStore>();
                    (await settlements.ListDueAsync(me, now.AddYears(10), now.AddYears(10), 100, Ct)).ShouldAllBe(intent => intent.Tenant == me);
                    (await settlements.ListAbandonedAsync(me, now.AddYears(10), 100, Ct)).ShouldAllBe(found => found.Payment.Tenant == me);
                    break;
                case 11:
                    var customer = Any("customers");
                    ((await customers.FindAsync(me, customer, Ct)) is not null).ShouldBe(IsMine("customers", customer));
                    break;
                case 12:
                    (await customers.ListAsync(me, null, null, 100, Ct)).ShouldAllBe(found => found.Tenant == me);
                    break;
                case 13:
                    customer = others.Ids["customers"][0];
                    (await customers.UpdateAsync(me, customer, """{"mine":true}""", now, audit)).ShouldBeNull();
                    (await customers.DeleteAsync(me, customer, now, audit)).ShouldBe(RemovalOutcome.NotFound);
                    (await customers.InsertSecretAsync(me, customer, new byte[32], now, now)).ShouldBeFalse();
                    break;
                case 14:
                    (await webhooks.ListAsync(me, Ct)).ShouldAllBe(webhook => webhook.Tenant == me);
                    break;
                case 15:
                    var webhook = others.Ids["webhook_subscriptions"][0];
                    (await webhooks.FindAsync(me, webhook, Ct)).ShouldBeNull();
                    (await webhooks.PauseAsync(me, webhook, now, audit)).ShouldBe(WebhookOutcome.NotFound);
                    (await webhooks.DeleteAsync(me, webhook, now, audit)).ShouldBe(WebhookOutcome.NotFound);
                    break;
                case 16:
                    (await _vault.Get<IWebhookHistoryStore>().ListAsync(me, others.Ids["webhook_subscriptions"][0], new WebhookDeliveryFilter(), null, 100, Ct)).ShouldBeEmpty();
                    break;
                case 17:
                    (await _vault.Get<IApiKeyStore>().ListAsync(me, Ct)).ShouldAllBe(key => key.Key.Tenant == me);
                    break;
                case 18:
                    (await _vault.Get<IAuditStore>().ListAsync(me.Account, null, null, 100, Ct)).ShouldAllBe(entry => entry.Entry.Account == me.Account);
                    break;
                case 19:
                    (await _vault.Get<ITokenSearchStore>().SearchAsync(me, new TokenSearch(), null, 100, Ct)).ShouldAllBe(token => mine.Ids["setup_intents"].Contains(token.RecordId));
                    break;
                case 20:
                    (await _vault.Get<ITokenCounts>().ListAsync(me, 0, Ct)).Sum(hour => hour.Tokens).ShouldBeLessThanOrEqualTo(mine.Ids["setup_intents"].Length);
                    break;
                default:
                    (await _vault.Get<IAccountStore>().ListLocationsAsync(me.Account, Ct)).ShouldAllBe(location => location.Account == me.Account);
                    break;
            }
        }
    }

    // The statement either fails or has no effect: the other tenant's data is compared in the end.
    private static async Task RefusedAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // The row to add is not its own.
        }
        catch (InvalidOperationException nothing) when (nothing.Message.Contains("no elements", StringComparison.Ordinal))
        {
            // The row to read is not visible.
        }
    }

    private async Task<(Tenant Tenant, IReadOnlyDictionary<string, long[]> Ids)> FilledTenantAsync()
    {
        var tenant = await _vault.NewTenantAsync();
        (await _vault.Get<ISandboxSeeds>().BeginAsync(new Caller(tenant, "key:1"), new SeedWish(40, 1))).IsSuccess.ShouldBeTrue();
        await _vault.Get<SeedingJob>().RunOnceAsync(Ct);
        await _vault.Get<ICustomerService>().CreateAsync(new Caller(tenant, "key:1"), new CustomerRequest("""{"name":"Ada"}"""));
        (await _vault.Get<IWebhookDeliveryStore>().UnpackAsync(1000)).ShouldBeGreaterThanOrEqualTo(0);
        using var connection = Connect(asService: false);
        var ids = new[] { "setup_intents", "payment_intents", "customers", "webhook_subscriptions" }.ToDictionary(
            table => table, table => connection.Query<long>($"SELECT id FROM {table} WHERE location_id = {tenant.Location.Value} ORDER BY id").ToArray(), StringComparer.Ordinal);
        ids.Values.ShouldAllBe(found => found.Length > 0);
        return (tenant, ids);
    }

    private string DigestOf(Tenant tenant)
    {
        using var connection = Connect(asService: false);
        var tables = connection.Query<string>("SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'location_id' AND table_name IN (SELECT relname FROM pg_class WHERE relrowsecurity)").ToList();
        var parts = tables.Select(table => connection.ExecuteScalar<string>($"SELECT '{table} ' || COALESCE(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t WHERE location_id = {tenant.Location.Value}"))
            .Append(connection.ExecuteScalar<string>($"SELECT md5(string_agg(e::text, '|' ORDER BY e::text)) FROM setup_intent_events e JOIN setup_intents s ON s.id = e.setup_intent_id WHERE s.location_id = {tenant.Location.Value}"))
            .Append(connection.ExecuteScalar<string>($"SELECT md5(string_agg(e::text, '|' ORDER BY e::text)) FROM payment_intent_events e JOIN payment_intents p ON p.id = e.payment_intent_id WHERE p.location_id = {tenant.Location.Value}"));
        return string.Join('\n', parts);
    }

    private NpgsqlConnection Connect(bool asService)
    {
        var connection = new NpgsqlConnection(asService ? PostgresServer.AsService(_target) : _target);
        connection.Open();
        return connection;
    }
}
