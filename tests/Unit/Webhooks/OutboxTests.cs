using System.Text;
using System.Text.Json;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>An event is in the outbox if and only if its change was committed.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_at = new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457);
    private TestVault _vault = null!;
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IWebhookService Webhooks => _vault.Get<IWebhookService>();

    private ISetupIntentStore Tokens => _vault.Get<ISetupIntentStore>();

    private IPaymentIntentStore Payments => _vault.Get<IPaymentIntentStore>();

    private static PaymentIntentEvent PaymentMade => new(PaymentIntentEventType.Created, s_at, "key:1", "created on request");

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync();
        _tenant = await _vault.NewTenantAsync();
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task The_life_of_a_payment_is_told_in_exactly_Dojos_words()
    {
        var id = await SubscribeAsync("payment_intent.created", "payment_intent.status_updated");
        await Tokens.InsertAsync(AToken(1), [Made], null);
        await Payments.InsertAsync(APayment(2, 1), PaymentMade);
        await Payments.CancelAsync(APayment(2, 1), new(PaymentIntentEventType.Canceled, s_at.AddSeconds(1), "key:1", "deleted on request"));

        var rows = await RowsAsync();

        rows.Select(row => (row.Event, row.Sequence)).ShouldBe([("payment_intent.created", 1), ("payment_intent.status_updated", 2)]);
        var payment = _vault.Get<PaymentIntentIds>().IdOf(_tenant.Environment, 2);
        var account = (await Webhooks.GetAsync(_tenant, id, Ct)).Value!.AccountId;
        rows[1].Body.ShouldBe(
            $$$"""{"id":"{{{rows[1].EventId}}}","event":"payment_intent.status_updated","accountId":"{{{account}}}","createdAt":"2026-06-15T09:30:01.123457Z","data":{"paymentIntentId":"{{{payment}}}","paymentStatus":"Canceled","captureMode":"Auto"}}""");
        rows[0].EventId.ShouldMatch("^evt_[A-Za-z0-9_-]{22}$");
        (rows[0].EventId == rows[1].EventId).ShouldBeFalse();
    }

    [Fact]
    public async Task The_life_of_a_token_is_told_under_a_model_of_its_own()
    {
        await SubscribeAsync("setup_intent.created", "setup_intent.status_updated");
        await Tokens.InsertAsync(AToken(1), [Made], null);
        var canceled = SetupIntentLife.Move((await Tokens.FindAsync(_tenant, 1, Ct))!, SetupIntentTrigger.Cancel, s_at.AddSeconds(1), "key:1", "deleted on request")!;
        (await Tokens.ApplyAsync(canceled)).ShouldNotBeNull();
        (await Tokens.ApplyAsync(canceled)).ShouldBeNull("it was made already, and is not told twice");

        var rows = await RowsAsync();

        rows.Select(row => row.Event).ShouldBe(["setup_intent.created", "setup_intent.status_updated"]);
        var data = JsonDocument.Parse(rows[1].Body).RootElement.GetProperty("data");
        data.GetProperty("setupIntentId").GetString().ShouldBe(_vault.Get<SetupIntentIds>().TokenOf(_tenant.Environment, 1));
        data.GetProperty("setupIntentStatus").GetString().ShouldBe("Canceled");
        data.EnumerateObject().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_written_where_nobody_has_subscribed_to_the_event_in_the_place()
    {
        await SubscribeAsync("payment_intent.created");
        await Tokens.InsertAsync(AToken(1), [Made], null);
        var stranger = await _vault.NewTenantAsync();
        await Tokens.InsertAsync(AToken(3) with { Tenant = stranger }, [Made], null);
        await Payments.InsertAsync(APayment(4, 3) with { Tenant = stranger }, PaymentMade);
        var production = _tenant with { Environment = TenantEnvironment.Production };
        await Tokens.InsertAsync(AToken(5) with { Tenant = production }, [Made], null);
        await Payments.InsertAsync(APayment(6, 5) with { Tenant = production }, PaymentMade);

        (await RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_subscriber_hears_of_the_same_event_once()
    {
        await SubscribeAsync("payment_intent.created");
        await SubscribeAtAsync("https://hooks.example.com/2", "payment_intent.created", "setup_intent.created");
        await Tokens.InsertAsync(AToken(1), [Made], null);
        await Payments.InsertAsync(APayment(2, 1), PaymentMade);

        var rows = await RowsAsync();

        rows.Select(row => (row.Event, row.Sequence)).ShouldBe([("setup_intent.created", 1), ("payment_intent.created", 1), ("payment_intent.created", 2)], ignoreOrder: true);
        rows.Where(row => row.Event == "payment_intent.created").Select(row => row.Body).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_has_unsubscribed_hears_nothing_more()
    {
        var id = await SubscribeAsync("setup_intent.created");
        await Tokens.InsertAsync(AToken(1), [Made], null);
        (await Webhooks.UpdateAsync(new Caller(_tenant, "key:1"), id, new WebhookRequest(["payment_intent.created"], null, null))).IsSuccess.ShouldBeTrue();
        await Tokens.InsertAsync(AToken(2), [Made], null);
        (await Webhooks.DeleteAsync(new Caller(_tenant, "key:1"), id)).ShouldBeNull();
        await Payments.InsertAsync(APayment(3, 2), PaymentMade);

        (await RowsAsync()).Select(row => row.Event).ShouldBe(["setup_intent.created"]);
    }

    [Fact]
    public async Task A_change_that_is_not_committed_leaves_no_event_and_one_that_shares_its_commit_leaves_one()
    {
        await SubscribeAsync("setup_intent.created", "payment_intent.created");
        await Tokens.InsertAsync(AToken(1), [Made], null);

        // Queued together, so that they share transactions: each failure rolls the others back, and they are retried.
        var changes = Enumerable.Range(2, 60).Select(async id =>
        {
            try
            {
                await Payments.InsertAsync(APayment(id, 1), id % 3 == 0 ? PaymentMade with { Cause = null! } : PaymentMade);
                return true;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return false;
            }
        });
        var made = await Task.WhenAll(changes);

        made.Count(succeeded => succeeded).ShouldBe(40);
        await UnpackAsync();
        var rows = await RowsAsync();
        rows.Count(row => row.Event == "payment_intent.created").ShouldBe(40);
        var told = rows.Skip(1).Select(row => JsonDocument.Parse(row.Body).RootElement.GetProperty("data").GetProperty("paymentIntentId").GetString());
        told.ShouldBe(Enumerable.Range(2, 60).Where(id => id % 3 != 0).Select(id => _vault.Get<PaymentIntentIds>().IdOf(_tenant.Environment, id)), ignoreOrder: true);
        rows.Select(row => row.Sequence).ShouldBe(Enumerable.Range(1, 41).Select(number => (long)number));
    }

    [Fact]
    public async Task Events_of_a_busy_commit_are_told_in_the_order_of_their_commits_and_in_the_words_of_any_other()
    {
        var id = await SubscribeAsync("setup_intent.created");
        await SubscribeAtAsync("https://hooks.example.com/2", "setup_intent.created");
        await InOneCommitAsync(2, 30);
        await Tokens.InsertAsync(AToken(40), [Made], null);
        _vault.Directory.Single("SELECT COUNT(*) FROM webhook_packed_events").ShouldBe(2, "one row for each subscription");

        await UnpackAsync();

        _vault.Directory.Single("SELECT COUNT(*) FROM webhook_packed_events").ShouldBe(0);
        var rows = (await RowsAsync()).OrderBy(row => row.Sequence).ToList();
        rows.Count.ShouldBe(2 * 30);
        rows.Select(row => row.Sequence).ShouldBe(Enumerable.Range(0, 2 * 30).Select(number => (long)((number / 2) + 1)));
        rows.Select(row => TokenIn(row.Body)).ShouldBe(Enumerable.Range(2, 29).Append(40).SelectMany(record => Enumerable.Repeat(_vault.Get<SetupIntentIds>().TokenOf(_tenant.Environment, record), 2)));
        var account = (await Webhooks.GetAsync(_tenant, id, Ct)).Value!.AccountId;
        rows[0].Body.ShouldBe(
            $$$"""{"id":"{{{rows[0].EventId}}}","event":"setup_intent.created","accountId":"{{{account}}}","createdAt":"2026-06-15T09:30:00.123457Z","data":{"setupIntentId":"{{{_vault.Get<SetupIntentIds>().TokenOf(_tenant.Environment, 2)}}}","setupIntentStatus":"Created"}}""");
    }

    [Fact]
    public async Task Packed_events_of_a_subscription_that_is_gone_are_dropped_and_hold_up_nobody()
    {
        await SubscribeAsync("setup_intent.created");
        await InOneCommitAsync(2, 30);
        _vault.Directory.Execute("DELETE FROM webhook_subscription_events");
        _vault.Directory.Execute("DELETE FROM webhook_secrets");
        _vault.Directory.Execute("DELETE FROM webhook_subscriptions");
        await SubscribeAsync("setup_intent.created");
        await InOneCommitAsync(31, 60);

        await UnpackAsync();

        (await RowsAsync()).Count.ShouldBe(30);
    }

    [Fact]
    public async Task Packed_events_that_cannot_be_read_hold_up_no_others()
    {
        await SubscribeAsync("setup_intent.created");
        await InOneCommitAsync(2, 30);
        _vault.Directory.Execute("UPDATE webhook_packed_events SET events = unhex('01')");
        await InOneCommitAsync(31, 60);
        var store = _vault.Get<IWebhookDeliveryStore>();

        await store.UnpackAsync(8);

        (await RowsAsync()).Count.ShouldBe(30);
        _vault.Directory.Single("SELECT COUNT(*) FROM webhook_packed_events").ShouldBe(1, "it is kept for who can read it");
        await Should.ThrowAsync<InvalidDataException>(() => store.UnpackAsync(8));
    }

    [Fact]
    public async Task Packed_events_go_with_the_reset_of_their_sandbox()
    {
        await SubscribeAsync("setup_intent.created");
        await InOneCommitAsync(2, 30);
        var (sandboxes, now) = (_vault.Get<ISandboxStore>(), _vault.Get<TimeProvider>().GetUtcNow());
        await sandboxes.BeginResetAsync(_tenant, AuditActor.Vault(_tenant.Account).Entry(now, AuditAction.SandboxReset, "location", "on request"));
        var erasure = (await sandboxes.ListErasuresAsync(Ct)).ShouldHaveSingleItem();

        while (await sandboxes.EraseSomeAsync(erasure, mayEnd: true))
        {
            // erases some rows at a time
        }

        await UnpackAsync();
        (await RowsAsync()).ShouldBeEmpty("what is erased is not told of afterwards");
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_takes_the_change_with_it()
    {
        await SubscribeAsync("setup_intent.created");
        _vault.Directory.Execute("CREATE TRIGGER broken BEFORE INSERT ON webhook_deliveries BEGIN SELECT RAISE(ABORT, 'broken'); END");

        await Should.ThrowAsync<Exception>(() => Tokens.InsertAsync(AToken(1), [Made], null));

        (await Tokens.FindAsync(_tenant, 1, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_reference_is_no_event()
    {
        await SubscribeAsync("setup_intent.created");
        await _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_tenant.Location, true, Ct);
        (await Tokens.InsertAsync(AToken(1), [Made], null)).ShouldBe(InsertOutcome.Inserted);
        (await Tokens.InsertAsync(AToken(2), [Made], null)).ShouldBe(InsertOutcome.ReferenceTaken);

        (await RowsAsync()).ShouldHaveSingleItem();
    }

    private static SetupIntentEvent Made => new(SetupIntentEventType.Created, s_at, "key:1", "created on request");

    private static string TokenIn(string body) => JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("setupIntentId").GetString()!;

    // The first write blocks the writer until the others wait, and these share the next commit.
    private async Task InOneCommitAsync(int first, int last)
    {
        using var others = new ManualResetEventSlim();
        var holding = _vault.Get<IDatabase>().WriteAsync(_ => others.Wait(TimeSpan.FromMinutes(1), Ct));
        var inserts = Enumerable.Range(first, last - first + 1).Select(id => Tokens.InsertAsync(AToken(id), [Made], null)).ToList();
        others.Set();
        await holding;
        await Task.WhenAll(inserts);
    }

    private async Task UnpackAsync()
    {
        while (await _vault.Get<IWebhookDeliveryStore>().UnpackAsync(1) == 1)
        {
            // one after another
        }
    }

    private Task<string> SubscribeAsync(params string[] events) => SubscribeAtAsync("https://hooks.example.com/", events);

    private async Task<string> SubscribeAtAsync(string url, params string[] events) =>
        (await Webhooks.CreateAsync(new Caller(_tenant, "key:1"), new WebhookRequest(events, url, null))).Value.ShouldNotBeNull().Id;

    private StoredSetupIntent AToken(long id) => new(id, _tenant, SetupIntentStatus.Created, s_at, s_at, "reference", null, null, null);

    private StoredPaymentIntent APayment(long id, long token) => new(
        id, _tenant, token, PaymentIntentStatus.Created, new Money(100, "GBP"), "reference", null, null, s_at, s_at, s_at.AddDays(30), null);

    private async Task<IReadOnlyList<Row>> RowsAsync() => await _vault.Get<IDatabase>().ReadAsync(
        connection => connection.Query<(string Event, string EventId, long Sequence, byte[] Body)>("SELECT event, event_id, sequence, body FROM webhook_deliveries ORDER BY id")
            .Select(row => new Row(row.Event, row.EventId, row.Sequence, Encoding.UTF8.GetString(row.Body))).ToList(),
        Ct);

    private sealed record Row(string Event, string EventId, long Sequence, string Body);
}
