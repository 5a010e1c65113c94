using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Which deliveries are retried, for how long, and when a subscription is disabled.</summary>
public sealed class RetryingDeliveriesTests : DeliveringTest
{
    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task Anything_else_is_sent_again_as_it_was_and_no_redirect_is_followed(int status)
    {
        Receiver.AnswerWith(status, "why not");
        var webhook = await Vault.SubscribeAsync($"{Receiver.Address}/hooks");
        await Vault.MakeTokenAsync();
        var first = await Receiver.NextAsync();
        var attempt = await Vault.RecordedAsync();
        attempt.Status.ShouldBe(status);
        attempt.Response.ShouldBe("why not");

        Receiver.AnswerWith(200);
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(12));
        var second = await Receiver.NextAsync();
        (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue();

        (second.Path, second.Id, second.Body, second.Headers["webhook-sequence"]).ShouldBe((first.Path, first.Id, first.Body, first.Headers["webhook-sequence"]));
        second.Headers["dojo-signature"].ShouldBe(first.Headers["dojo-signature"]);
        (second.At - first.At).ShouldBe(TimeSpan.FromSeconds(12));
        second.IsSignedByStandard(webhook.Secrets[0].Value).ShouldBeTrue();
        Receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_given_up_after_twelve_attempts_in_about_a_day()
    {
        Receiver.AnswerWith(500);
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        for (var number = 1; number < 12; number++)
        {
            await Vault.RecordedAsync();
            var wait = Vault.Single("SELECT next_attempt_at FROM webhook_deliveries") - ((Vault.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10);
            await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromMicroseconds(wait));
        }

        await Vault.RecordedAsync();

        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE next_attempt_at IS NULL AND delivered_at IS NULL AND attempts = 12").ShouldBe(1);
        Vault.Single("SELECT COUNT(*) FROM webhook_attempts WHERE status = 500").ShouldBe(12);
        TimeSpan.FromMicroseconds(Vault.Single("SELECT MAX(at) - MIN(at) FROM webhook_attempts")).ShouldBeInRange(TimeSpan.FromHours(18), TimeSpan.FromHours(30));
        Receiver.All.Select(received => received.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_may_ask_for_a_longer_pause()
    {
        Receiver.AnswerWith(503, retryAfter: "300");
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        await Vault.RecordedAsync();

        Vault.Single("SELECT next_attempt_at - queued_at FROM webhook_deliveries").ShouldBe(300_000_000);
    }

    [Fact]
    public async Task After_three_days_of_failures_alone_it_is_disabled_until_somebody_changes_it()
    {
        Receiver.AnswerWith(500);
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        await Vault.RecordedAsync();
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromDays(3) - TimeSpan.FromHours(1));
        await Vault.RecordedAsync();
        (await Vault.TrailAsync(webhook.Id)).Select(entry => entry.Action).ShouldBe(["webhook created"]);
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromHours(1));
        await Vault.RecordedAsync();

        (await Vault.TrailAsync(webhook.Id))[0].ShouldSatisfyAllConditions(
            entry => entry.Action.ShouldBe("webhook disabled"),
            entry => entry.Actor.ShouldBe("vault"));
        await Vault.MakeTokenAsync();
        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries").ShouldBe(1, "nothing is queued for it");

        Receiver.AnswerWith(200);
        (await Vault.Webhooks.UpdateAsync(Vault.Caller, webhook.Id, new WebhookRequest(null, null, null))).IsSuccess.ShouldBeTrue();
        await Vault.MakeTokenAsync();
        (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_success_in_between_starts_the_three_days_anew()
    {
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        foreach (var status in new[] { 500, 200, 500 })
        {
            Receiver.AnswerWith(status);
            Vault.Clock.Advance(TimeSpan.FromDays(2));
            await Vault.MakeTokenAsync();
            await Vault.RecordedAsync();
        }

        (await Vault.TrailAsync(webhook.Id)).ShouldHaveSingleItem();
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
