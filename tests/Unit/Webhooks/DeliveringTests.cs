using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>From the commit to a real receiver, by a clock that stands still: no matter what arrives without a step of it was woken by the commit.</summary>
public sealed class DeliveringTests : IAsyncLifetime
{
    private Receiver _receiver = null!;
    private DeliveringVault _vault = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _vault = await DeliveringVault.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync(); // first, so that nothing waits for it any more
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task The_commit_sends_the_event_and_both_signatures_verify()
    {
        var webhook = await _vault.SubscribeAsync($"{_receiver.Address}/hooks?a=b");
        await _vault.MakeTokenAsync();
        var received = await _receiver.NextAsync();
        await _vault.RecordedAsync();

        received.IsSignedAsDojoDoes(webhook.Secrets[0].Value).ShouldBeTrue();
        received.IsSignedByStandard(webhook.Secrets[0].Value).ShouldBeTrue();
        received.IsSignedAsDojoDoes("whsec_" + Convert.ToBase64String(new byte[32])).ShouldBeFalse();
        received.Path.ShouldBe("/hooks");
        received.Headers["content-type"].ShouldBe("application/json");
        received.Headers["webhook-sequence"].ShouldBe("1");
        received.Body.ShouldBe((await _vault.TextsAsync("SELECT CAST(body AS TEXT) FROM webhook_deliveries")).Single());
        received.Body.ShouldContain($"\"id\":\"{received.Id}\"");
        received.At.ToUnixTimeSeconds().ShouldBe(_vault.Clock.GetUtcNow().ToUnixTimeSeconds());
        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE next_attempt_at IS NULL AND delivered_at IS NOT NULL AND attempts = 1").ShouldBe(1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_2xx_is_a_success(int status)
    {
        _receiver.Answer = context => Task.FromResult(context.Response.StatusCode = status);
        await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();

        (await _vault.RecordedAsync()).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task Anything_else_is_sent_again_as_it_was_and_no_redirect_is_followed(int status)
    {
        _receiver.AnswerWith(status, "why not");
        var webhook = await _vault.SubscribeAsync($"{_receiver.Address}/hooks");
        await _vault.MakeTokenAsync();
        var first = await _receiver.NextAsync();
        var attempt = await _vault.RecordedAsync();
        attempt.Status.ShouldBe(status);
        attempt.Response.ShouldBe("why not");

        _receiver.AnswerWith(200);
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(12));
        var second = await _receiver.NextAsync();
        (await _vault.RecordedAsync()).Succeeded.ShouldBeTrue();

        (second.Path, second.Id, second.Body, second.Headers["webhook-sequence"]).ShouldBe((first.Path, first.Id, first.Body, first.Headers["webhook-sequence"]));
        second.Headers["dojo-signature"].ShouldBe(first.Headers["dojo-signature"]);
        (second.At - first.At).ShouldBe(TimeSpan.FromSeconds(12));
        second.IsSignedByStandard(webhook.Secrets[0].Value).ShouldBeTrue();
        _receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_given_up_after_twelve_attempts_in_about_a_day()
    {
        _receiver.AnswerWith(500);
        await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        for (var number = 1; number < 12; number++)
        {
            await _vault.RecordedAsync();
            var wait = _vault.Single("SELECT next_attempt_at FROM webhook_deliveries") - ((_vault.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10);
            await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromMicroseconds(wait));
        }

        await _vault.RecordedAsync();

        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE next_attempt_at IS NULL AND delivered_at IS NULL AND attempts = 12").ShouldBe(1);
        _vault.Single("SELECT COUNT(*) FROM webhook_attempts WHERE status = 500").ShouldBe(12);
        TimeSpan.FromMicroseconds(_vault.Single("SELECT MAX(at) - MIN(at) FROM webhook_attempts")).ShouldBeInRange(TimeSpan.FromHours(18), TimeSpan.FromHours(30));
        _receiver.All.Select(received => received.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_may_ask_for_a_longer_pause()
    {
        _receiver.AnswerWith(503, retryAfter: "300");
        await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        await _vault.RecordedAsync();

        _vault.Single("SELECT next_attempt_at - queued_at FROM webhook_deliveries").ShouldBe(300_000_000);
    }

    [Fact]
    public async Task One_that_hangs_has_a_few_under_way_times_out_and_holds_up_nobody()
    {
        _receiver.Hang("/hangs");
        await _vault.SubscribeAsync($"{_receiver.Address}/hangs");
        await _vault.SubscribeAsync($"{_receiver.Address}/quick");
        for (var i = 0; i < 10; i++)
        {
            await _vault.MakeTokenAsync();
        }

        for (var i = 0; i < 10; i++)
        {
            (await _vault.RecordedAsync()).Succeeded.ShouldBeTrue("only the quick one has answered");
        }

        var arrived = new List<Received>();
        while (arrived.Count < 10 + DeliveringVault.AtOnce)
        {
            arrived.Add(await _receiver.NextAsync());
        }

        _receiver.All.Count(received => received.Path == "/hangs").ShouldBe(DeliveringVault.AtOnce);
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            (await _vault.RecordedAsync()).ShouldSatisfyAllConditions(attempt => attempt.Status.ShouldBeNull(), attempt => attempt.Error.ShouldBe("Timeout"));
        }

        (await _receiver.NextAsync()).Path.ShouldBe("/hangs", "the next ones have their turn");
    }

    [Fact]
    public async Task A_secret_that_was_replaced_signs_beside_its_successor_for_a_day()
    {
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        var rolled = (await _vault.Webhooks.AddSecretAsync(_vault.Caller, webhook.Id)).Value.ShouldNotBeNull();
        var (old, successor) = (rolled.Secrets[0], rolled.Secrets[1]);
        await _vault.MakeTokenAsync();
        (await _receiver.NextAsync()).Signatures.Length.ShouldBe(1, "the new one is not active yet");
        (await _vault.Webhooks.ActivateSecretAsync(_vault.Caller, webhook.Id, successor.Id)).ShouldBeNull();

        await _vault.MakeTokenAsync();
        var during = await _receiver.NextAsync();
        during.IsSignedAsDojoDoes(successor.Value).ShouldBeTrue();
        during.IsSignedByStandard(successor.Value).ShouldBeTrue();
        during.IsSignedByStandard(old.Value).ShouldBeTrue();

        _vault.Clock.Advance(WebhookLimits.Overlap);
        await _vault.MakeTokenAsync();
        var later = await _receiver.NextAsync();
        later.IsSignedByStandard(successor.Value).ShouldBeTrue();
        later.Signatures.Length.ShouldBe(1);
    }

    [Fact]
    public async Task After_three_days_of_failures_alone_it_is_disabled_until_somebody_changes_it()
    {
        _receiver.AnswerWith(500);
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        await _vault.RecordedAsync();
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromDays(3) - TimeSpan.FromHours(1));
        await _vault.RecordedAsync();
        (await _vault.TrailAsync(webhook.Id)).Select(entry => entry.Action).ShouldBe(["webhook created"]);
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromHours(1));
        await _vault.RecordedAsync();

        (await _vault.TrailAsync(webhook.Id))[0].ShouldSatisfyAllConditions(
            entry => entry.Action.ShouldBe("webhook disabled"),
            entry => entry.Actor.ShouldBe("vault"));
        await _vault.MakeTokenAsync();
        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries").ShouldBe(1, "nothing is queued for it");

        _receiver.AnswerWith(200);
        (await _vault.Webhooks.UpdateAsync(_vault.Caller, webhook.Id, new WebhookRequest(null, null, null))).IsSuccess.ShouldBeTrue();
        await _vault.MakeTokenAsync();
        (await _vault.RecordedAsync()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_success_in_between_starts_the_three_days_anew()
    {
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        foreach (var status in new[] { 500, 200, 500 })
        {
            _receiver.AnswerWith(status);
            _vault.Clock.Advance(TimeSpan.FromDays(2));
            await _vault.MakeTokenAsync();
            await _vault.RecordedAsync();
        }

        (await _vault.TrailAsync(webhook.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_under_way_at_a_stop_or_queued_since_is_sent_after_the_next_start()
    {
        _receiver.Hang("/");
        await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        var first = await _receiver.NextAsync();
        var stopping = _vault.StopDispatcherAsync();
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(2));
        await stopping;
        await _vault.MakeTokenAsync();
        _vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(0);

        _receiver.AnswerWith(200);
        await _vault.StartDispatcherAsync();
        Received[] after = [await _receiver.NextAsync(), await _receiver.NextAsync()];
        await _vault.RecordedAsync();
        await _vault.RecordedAsync();

        after.Count(received => received.Id == first.Id && received.Body == first.Body).ShouldBe(1);
        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE delivered_at IS NOT NULL").ShouldBe(2);
    }

    [Fact]
    public async Task What_has_collected_is_claimed_together_and_each_is_delivered_once()
    {
        const int Events = 100;
        await _vault.SubscribeAsync(_receiver.Address);
        await _vault.StopDispatcherAsync();
        for (var i = 0; i < Events; i++)
        {
            await _vault.MakeTokenAsync();
        }

        await _vault.StartDispatcherAsync();
        for (var i = 0; i < Events; i++)
        {
            (await _vault.RecordedAsync()).Succeeded.ShouldBeTrue();
        }

        (await _vault.ClaimedAsync(Events)).ShouldBe(1);
        _receiver.All.Select(received => received.Headers["webhook-sequence"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(Events);
        _receiver.All.Count.ShouldBe(Events);
        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE delivered_at IS NOT NULL AND attempts = 1").ShouldBe(Events);
    }

    [Fact]
    public async Task Of_an_answer_the_beginning_is_kept_and_nothing_that_has_a_card_number()
    {
        await _vault.SubscribeAsync(_receiver.Address);
        _receiver.AnswerWith(500, new string('x', 100_000));
        await _vault.MakeTokenAsync();
        (await _vault.RecordedAsync()).Response!.Length.ShouldBe(16 * 1024);
        _receiver.AnswerWith(500, "seen: 5200000000001005");
        await _vault.MakeTokenAsync();
        (await _vault.RecordedAsync()).Response.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_older_than_thirty_days_is_dropped_with_its_attempts_and_at_last_a_deleted_subscription()
    {
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        await _vault.RecordedAsync();
        _vault.Clock.Advance(TimeSpan.FromDays(29));
        await _vault.MakeTokenAsync();
        await _vault.RecordedAsync();
        (await _vault.Webhooks.DeleteAsync(_vault.Caller, webhook.Id)).ShouldBeNull();
        await _vault.DropOldAsync();
        _vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(2);

        _vault.Clock.Advance(TimeSpan.FromDays(2));
        await _vault.DropOldAsync();

        _vault.Single("SELECT COUNT(*) FROM webhook_deliveries").ShouldBe(1);
        _vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(1);
        _vault.Single("SELECT COUNT(*) FROM webhook_subscriptions").ShouldBe(1, "it was deleted two days ago");
        _vault.Clock.Advance(TimeSpan.FromDays(30));
        await _vault.DropOldAsync();
        _vault.Single("SELECT COUNT(*) FROM webhook_subscriptions").ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_that_waits_is_sent_once_the_subscription_is_deleted()
    {
        _receiver.AnswerWith(500);
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        await _vault.MakeTokenAsync();
        await _receiver.NextAsync();
        await _vault.RecordedAsync();
        (await _vault.Webhooks.DeleteAsync(_vault.Caller, webhook.Id)).ShouldBeNull();
        await _vault.RefusedAsync();
        _vault.Clock.Advance(TimeSpan.FromSeconds(12));

        await _vault.StopDispatcherAsync();

        _receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_that_was_claimed_is_sent_once_the_subscription_is_deleted()
    {
        _receiver.Hang("/");
        var webhook = await _vault.SubscribeAsync(_receiver.Address);
        for (var i = 0; i < 10; i++)
        {
            await _vault.MakeTokenAsync();
        }

        await _vault.ClaimedAsync(10);
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            await _receiver.NextAsync();
        }

        (await _vault.Webhooks.DeleteAsync(_vault.Caller, webhook.Id)).ShouldBeNull();
        await _vault.RefusedAsync();
        await _vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            (await _vault.RecordedAsync()).Error.ShouldBe("Timeout");
        }

        await _vault.StopDispatcherAsync();
        _receiver.All.Count.ShouldBe(DeliveringVault.AtOnce);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task A_name_that_leads_to_no_public_address_is_not_connected_to(string address)
    {
        await using var vault = await DeliveringVault.StartAsync(address);
        await vault.SubscribeAsync("https://hooks.example.com/");
        await vault.MakeTokenAsync();

        (await vault.RecordedAsync()).Error.ShouldBe("TargetNotAllowed");
    }

    [Fact]
    public async Task A_name_on_this_machine_that_leads_elsewhere_is_not_connected_to()
    {
        await using var vault = await DeliveringVault.StartAsync("10.0.0.1");
        await vault.SubscribeAsync("http://localhost:3000/");
        await vault.MakeTokenAsync();

        (await vault.RecordedAsync()).Error.ShouldBe("TargetNotAllowed");
    }

    [Fact]
    public void The_published_vectors_of_the_signatures_come_out()
    {
        // dojo-domain.md §7.2, and the example of the specification of Standard Webhooks.
        const string Body = """{"id":"evt_7kQ2mY0aZUqC1fB9xw3d5A","event":"payment_intent.status_updated","accountId":"acc_demo","createdAt":"2026-03-04T09:15:27.1234567Z","data":{"paymentIntentId":"pi_sandbox_Zr1sT0mXy0SJ3bQ8vNc4Ww","paymentStatus":"Captured","captureMode":"Auto"}}""";
        WebhookSignatures.Dojo("Qm9v-ZkT1kOe5HcX2y_L8w", System.Text.Encoding.UTF8.GetBytes(Body))
            .ShouldBe("sha256=21-07-65-92-4B-B7-48-9B-3A-EB-5D-2F-71-90-1B-C5-6F-23-FE-A1-57-BC-46-42-29-2C-5B-5D-FE-5E-03-38");
        WebhookSignatures.Standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public void Pauses_grow_differ_and_end()
    {
        for (var attempts = 1; attempts < WebhookSchedule.MostAttempts - 1; attempts++)
        {
            WebhookSchedule.PauseAfter(attempts, null)!.Value.ShouldBeLessThanOrEqualTo(WebhookSchedule.PauseAfter(attempts + 1, null)!.Value);
        }

        Enumerable.Range(0, 100).Select(_ => WebhookSchedule.PauseAfter(5, null)).Distinct().Count().ShouldBeGreaterThan(10);
        WebhookSchedule.PauseAfter(WebhookSchedule.MostAttempts, null).ShouldBeNull();
        WebhookSchedule.PauseAfter(1, TimeSpan.FromDays(40)).ShouldBe(TimeSpan.FromDays(1));
        WebhookSchedule.PauseAfter(1, TimeSpan.FromSeconds(-5)).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(5));
    }
}
