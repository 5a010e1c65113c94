using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>The members' management of webhook endpoints, through the vault, with real deliveries.</summary>
public sealed class ManagingWebhooksTests : IAsyncLifetime
{
    private WebhookKeepers _house = null!;
    private Receiver _receiver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _house = await WebhookKeepers.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task A_test_goes_the_way_of_all_events_and_both_signatures_verify()
    {
        var made = await _house.MakeAsync(_receiver.Address);

        var delivery = await _house.TestAsync(made.Id);

        var received = await _receiver.NextAsync();
        received.IsSignedAsDojoDoes(made.Secret.Value).ShouldBeTrue();
        received.IsSignedByStandard(made.Secret.Value).ShouldBeTrue();
        received.Body.ShouldContain($$"""
            "event":"webhook.test"
            """);
        received.Body.ShouldContain($$$"""
            "data":{"subscriptionId":"{{{made.Id}}}"}
            """);
        delivery.Status.ShouldBe(WebhookDeliveryStatus.Delivered);
        (await _house.TrailAsync(made.Id)).Select(entry => (entry.Action, entry.Actor, entry.Address?.ToString())).ShouldBe(
            [("webhook tested", "member:7", "192.0.2.1"), ("webhook created", "member:7", "192.0.2.1")]);
    }

    [Fact]
    public async Task The_inspector_receives_in_the_portal_and_verifies_what_it_shows()
    {
        var made = await _house.MakeAsync();

        var delivery = await _house.TestAsync(made.Id);

        var attempt = (await _house.FindAsync(made.Id, delivery.Id)).Attempts.Single();
        attempt.Verification.ShouldBe(new WebhookVerification(Dojo: true, Standard: true));
        (attempt.Status, attempt.Response).ShouldBe((200, """{"verified":true}"""));
        attempt.Request.ShouldNotBeNull().ShouldStartWith("POST https://inspector.invalid\n");
        attempt.Request.ShouldContain("dojo-signature: sha256=");
        attempt.Request.ShouldNotContain(made.Secret.Value);
    }

    [Fact]
    public async Task An_inspector_that_is_sent_something_else_refuses_it()
    {
        var made = await _house.MakeAsync();
        var delivery = await _house.TestAsync(made.Id);
        await _house.ExecuteAsync("UPDATE webhook_deliveries SET body = CAST(replace(CAST(body AS TEXT), 'test', 'best') AS BLOB)");

        (await _house.FindAsync(made.Id, delivery.Id)).Attempts.Single().Verification.ShouldBe(new WebhookVerification(Dojo: false, Standard: false));
    }

    [Theory]
    [InlineData(WebhookUrls.Inspector)]
    [InlineData(WebhookUrls.Listener)]
    [InlineData("http://shop.example.com")]
    [InlineData("https://10.0.0.1/hooks")]
    public async Task Production_has_neither_inspector_nor_listener_and_the_rules_of_the_API(string url) =>
        (await _house.Webhooks.CreateAsync(_house.Developer, _house.Production, new WebhookDraft(url, null, WebhookEvents.Names)))
            .Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.Single().Field.ShouldBe("Url");

    [Fact]
    public async Task A_draft_is_held_to_every_rule_at_once_and_what_it_says_is_not_repeated()
    {
        var refusal = (await _house.Webhooks.CreateAsync(_house.Developer, _house.Tenant, new WebhookDraft("", "card 5200000000001005", []))).Refusal.ShouldBeOfType<Refusal.Invalid>();

        refusal.Errors.Select(error => error.Field).Distinct(StringComparer.Ordinal).ShouldBe(["Description", "Events", "Url"], ignoreOrder: true);
        refusal.Errors.ShouldAllBe(error => !error.Message.Contains("5200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pause_holds_events_back_and_a_resume_sends_them()
    {
        var made = await _house.MakeAsync(_receiver.Address);
        (await _house.Webhooks.PauseAsync(_house.Developer, _house.Tenant, made.Id)).Value!.State.ShouldBe(WebhookState.Paused);
        (await _house.Webhooks.TestAsync(_house.Developer, _house.Tenant, made.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await _house.ExecuteAsync($"""
            INSERT INTO webhook_deliveries (subscription_id, event_id, event, sequence, body, queued_at, next_attempt_at)
            SELECT id, 'evt_1', 'setup_intent.created', 1, CAST('{"{}"}' AS BLOB), 1, 1 FROM webhook_subscriptions
            """);
        (await _house.GetAsync(made.Id)).Health.Waiting.ShouldBe(1);
        _receiver.All.ShouldBeEmpty();

        (await _house.Webhooks.ResumeAsync(_house.Developer, _house.Tenant, made.Id)).Value!.State.ShouldBe(WebhookState.Active);

        (await _receiver.NextAsync()).Id.ShouldBe("evt_1");
        (await _house.TrailAsync(made.Id)).Select(entry => entry.Action).ShouldBe(["webhook resumed", "webhook paused", "webhook created"]);
    }

    [Fact]
    public async Task Health_counts_attempts_and_tells_the_last_failure()
    {
        var made = await _house.MakeAsync(_receiver.Address);
        await _house.TestAsync(made.Id);
        (await _house.GetAsync(made.Id)).ShouldSatisfyAllConditions(
            fine => fine.State.ShouldBe(WebhookState.Active), fine => fine.Health.SuccessRate.ShouldBe(1), fine => fine.Health.LastFailure.ShouldBeNull(), fine => fine.Health.P95.ShouldNotBeNull());
        _receiver.AnswerWith(503);
        await _house.TestAsync(made.Id);

        var failing = await _house.GetAsync(made.Id);

        failing.State.ShouldBe(WebhookState.Failing);
        failing.Health.SuccessRate.ShouldBe(0.5);
        failing.Health.LastFailure.ShouldBe(new WebhookFailure(_house.Clock.GetUtcNow(), 503, null));
        failing.Health.Waiting.ShouldBe(1, "it is to be tried again");
    }

    [Fact]
    public async Task Deleting_wants_the_host_typed()
    {
        var made = await _house.MakeAsync(_receiver.Address);

        (await _house.Webhooks.DeleteAsync(_house.Developer, _house.Tenant, made.Id, "elsewhere")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await _house.Webhooks.DeleteAsync(_house.Developer, _house.Tenant, made.Id, new Uri(_receiver.Address).Authority)).IsSuccess.ShouldBeTrue();

        (await _house.Webhooks.GetAsync(_house.Developer, _house.Tenant, made.Id, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task A_rolled_secret_signs_when_it_is_activated_beside_the_one_before()
    {
        var made = await _house.MakeAsync(_receiver.Address);
        var added = (await _house.Webhooks.AddSecretAsync(_house.Developer, _house.Tenant, made.Id, made.Secret.Id, activate: false)).Value.ShouldNotBeNull();
        await _house.TestAsync(made.Id);
        (await _receiver.NextAsync()).IsSignedAsDojoDoes(made.Secret.Value).ShouldBeTrue("it is not active yet");

        (await _house.Webhooks.AddSecretAsync(_house.Developer, _house.Tenant, made.Id, made.Secret.Id, activate: true)).Refusal.ShouldBeOfType<Refusal.Conflict>("the form was sent twice");
        (await _house.Webhooks.ActivateSecretAsync(_house.Developer, _house.Tenant, made.Id, added.Id)).IsSuccess.ShouldBeTrue();
        await _house.TestAsync(made.Id);

        var received = await _receiver.NextAsync();
        received.IsSignedAsDojoDoes(added.Value).ShouldBeTrue();
        received.IsSignedByStandard(added.Value).ShouldBeTrue();
        received.IsSignedByStandard(made.Secret.Value).ShouldBeTrue();
        (await _house.GetAsync(made.Id)).Secrets[0].SignsUntil.ShouldBe(_house.Clock.GetUtcNow() + WebhookLimits.Overlap);
    }

    [Fact]
    public async Task A_secret_is_revealed_only_to_fresh_proof_and_leaves_a_trace()
    {
        var made = await _house.MakeAsync();
        var stale = _house.Member(MemberRole.Owner, confirmedAt: _house.Clock.GetUtcNow() - RoleTable.Freshness - TimeSpan.FromSeconds(1));

        (await _house.Webhooks.RevealSecretAsync(stale, _house.Tenant, made.Id, made.Secret.Id)).Refusal.ShouldBeOfType<Refusal.Unconfirmed>();
        (await _house.Webhooks.RevealSecretAsync(_house.Developer, _house.Tenant, made.Id, made.Secret.Id)).Value!.Value.ShouldBe(made.Secret.Value);

        (await _house.TrailAsync(made.Id)).Count(entry => entry.Action == "webhook secret revealed").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_reaches_an_endpoint_of_another_account_or_environment()
    {
        var made = await _house.MakeAsync();
        var delivery = await _house.TestAsync(made.Id);
        var stranger = await _house.Vault.NewTenantAsync();
        var them = _house.Member(MemberRole.Owner, stranger);
        foreach (var (who, tenant) in new[] { (them, stranger), (them, _house.Tenant), (_house.Developer, _house.Production), (_house.Developer, _house.Tenant with { Location = stranger.Location }) })
        {
            Refusal?[] refusals =
            [
                (await _house.Webhooks.GetAsync(who, tenant, made.Id, Ct)).Refusal,
                (await _house.Webhooks.PauseAsync(who, tenant, made.Id)).Refusal,
                (await _house.Webhooks.RevealSecretAsync(who, tenant, made.Id, made.Secret.Id)).Refusal,
                (await _house.Webhooks.AddSecretAsync(who, tenant, made.Id, made.Secret.Id, activate: true)).Refusal,
                (await _house.Webhooks.DeleteAsync(who, tenant, made.Id, "inspector")).Refusal,
                (await _house.History.ListAsync(who, tenant, made.Id, new WebhookDeliveryFilter(), null, Ct)).Refusal,
                (await _house.History.FindAsync(who, tenant, made.Id, delivery.Id, Ct)).Refusal,
                (await _house.History.ReplayAsync(who, tenant, made.Id, delivery.Id)).Refusal,
                (await _house.History.FollowAsync(who, tenant, made.Id, Ct)).Refusal,
            ];
            refusals.ShouldAllBe(refusal => refusal is Refusal.NotFound);
        }
    }

    [Theory]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Auditor)]
    public async Task Those_who_may_not_change_anything_are_refused_and_that_is_in_the_trail(MemberRole role)
    {
        var made = await _house.MakeAsync();
        var who = _house.Member(role);

        (await _house.Webhooks.PauseAsync(who, _house.Tenant, made.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _house.Webhooks.GetAsync(who, _house.Tenant, made.Id, Ct)).IsSuccess.ShouldBe(role == MemberRole.Auditor);

        (await _house.TrailAsync(made.Id)).ShouldContain(entry => entry.Action == "operation refused" && entry.Detail == nameof(Operation.ManageSandboxWebhooks));
    }
}
