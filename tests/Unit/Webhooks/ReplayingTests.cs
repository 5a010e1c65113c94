using System.Text;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Stored deliveries, which can be found and sent again.</summary>
public sealed class ReplayingTests : IAsyncLifetime
{
    private WebhookKeepers _house = null!;
    private Receiver _receiver = null!;
    private string _id = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _house = await WebhookKeepers.StartAsync();
        _id = (await _house.MakeAsync(_receiver.Address)).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task An_attempt_keeps_what_was_sent_and_what_came_back()
    {
        _receiver.Answer = async context =>
        {
            context.Response.StatusCode = 422;
            context.Response.Headers["x-request"] = "abc";
            context.Response.Headers.SetCookie = "session=secret";
            await context.Response.WriteAsync("no such order", context.RequestAborted);
        };

        var delivery = await _house.TestAsync(_id);

        var attempt = (await _house.FindAsync(_id, delivery.Id)).Attempts.Single();
        var received = await _receiver.NextAsync();
        attempt.Request.ShouldNotBeNull().ShouldContain($"dojo-signature: {received.Headers["dojo-signature"]}\n");
        attempt.Request.ShouldContain($"webhook-id: {received.Id}\n");
        (attempt.Status, attempt.Response, attempt.ResponseNote).ShouldBe((422, "no such order", null));
        attempt.ResponseHead.ShouldNotBeNull().ShouldContain("x-request: abc\n");
        attempt.ResponseHead.ShouldContain("Set-Cookie: (left out)\n");
        delivery.Status.ShouldBe(WebhookDeliveryStatus.Retrying);
    }

    [Theory]
    [InlineData("seen: 5200000000001005")]
    [InlineData("""{"pan":"5200 0000 0000 1005"}""")]
    public async Task An_answer_with_a_card_number_is_not_kept(string body)
    {
        _receiver.Answer = async context =>
        {
            context.Response.Headers["x-echo"] = "5200000000001005";
            await context.Response.WriteAsync(body, context.RequestAborted);
        };

        var attempt = (await _house.FindAsync(_id, (await _house.TestAsync(_id)).Id)).Attempts.Single();

        (attempt.Response, attempt.ResponseNote).ShouldBe((null, WebhookResponseNote.CardNumber));
        attempt.ResponseHead.ShouldNotBeNull().ShouldContain("x-echo: (left out)");
        Encoding.Latin1.GetString(_house.Vault.Directory.ReadAllData()).ShouldNotContain("5200000000001005");
    }

    [Fact]
    public async Task A_card_number_across_the_end_of_what_is_kept_is_not_kept_by_half()
    {
        _receiver.Answer = context => context.Response.WriteAsync($"{new string('x', (16 * 1024) - 8)} 5200000000001005", context.RequestAborted);

        var attempt = (await _house.FindAsync(_id, (await _house.TestAsync(_id)).Id)).Attempts.Single();

        (attempt.Response, attempt.ResponseNote).ShouldBe((null, WebhookResponseNote.CardNumber));
    }

    [Fact]
    public async Task A_long_answer_is_cut_and_one_that_is_no_text_left_out()
    {
        _receiver.AnswerWith(500, new string('é', 20_000));
        var cut = (await _house.FindAsync(_id, (await _house.TestAsync(_id)).Id)).Attempts.Single();
        _receiver.Answer = context => context.Response.Body.WriteAsync(new byte[] { 1, 0, 0xFF }, context.RequestAborted).AsTask();
        var binary = (await _house.FindAsync(_id, (await _house.TestAsync(_id)).Id)).Attempts.Single();

        (cut.Response!.Length, cut.ResponseNote).ShouldBe((8 * 1024, WebhookResponseNote.Cut));
        (binary.Response, binary.ResponseNote).ShouldBe((null, WebhookResponseNote.NoText));
    }

    [Fact]
    public async Task A_delivered_event_that_is_sent_again_is_the_same_and_begins_a_schedule_of_its_own()
    {
        var delivery = await _house.TestAsync(_id);
        var first = await _receiver.NextAsync();
        _receiver.AnswerWith(500);
        using var follower = (await _house.History.FollowAsync(_house.Developer, _house.Tenant, _id, Ct)).Value!;

        (await _house.History.ReplayAsync(_house.Developer, _house.Tenant, _id, delivery.Id)).Value!.Count.ShouldBe(1);
        var again = await _receiver.NextAsync();
        var shown = (await _house.UntilAsync(follower, _id, items => items[0].Attempts == 2))[0];

        (again.Id, again.Body).ShouldBe((first.Id, first.Body));
        (shown.Status, shown.AttemptsOfSchedule).ShouldBe((WebhookDeliveryStatus.Retrying, 1));
        (shown.NextAttemptAt!.Value - _house.Clock.GetUtcNow()).TotalSeconds.ShouldBeInRange(8, 12, "the first pause of the schedule");
        (await _house.TrailAsync(_id))[0].ShouldSatisfyAllConditions(entry => entry.Action.ShouldBe("webhook events replayed"), entry => entry.Detail.ShouldBe("1 event"));
    }

    [Fact]
    public async Task All_that_failed_are_counted_first_and_then_sent_again_up_to_the_count()
    {
        await QueueAsync(1200, "failed");
        await QueueAsync(3, "delivered");
        var plan = (await _house.History.PlanReplayAsync(_house.Developer, _house.Tenant, _id, new WebhookDeliveryFilter { Status = WebhookDeliveryStatus.Failed }, Ct)).Value!;
        plan.Count.ShouldBe(1200);
        await QueueAsync(5, "failed");
        (await _house.Webhooks.PauseAsync(_house.Developer, _house.Tenant, _id)).IsSuccess.ShouldBeTrue();
        (await _house.History.ReplayAsync(_house.Developer, _house.Tenant, _id, plan)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _house.Webhooks.ResumeAsync(_house.Developer, _house.Tenant, _id)).IsSuccess.ShouldBeTrue();
        _receiver.All.ShouldBeEmpty();

        (await _house.History.ReplayAsync(_house.Developer, _house.Tenant, _id, plan)).Value!.Count.ShouldBe(1200);

        for (var i = 0; i < 1200; i++)
        {
            await _receiver.NextAsync();
        }

        _receiver.All.Select(received => received.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(1200);
        (await _house.ListAsync(_id, new WebhookDeliveryFilter { Status = WebhookDeliveryStatus.Failed })).Count.ShouldBe(5, "they came after the count");
        (await _house.TrailAsync(_id)).Single(entry => entry.Action == "webhook events replayed").Detail.ShouldBe("1,200 events, failed");
    }

    [Fact]
    public async Task Filters_find_by_event_status_and_time_and_pages_follow_one_another()
    {
        await QueueAsync(60, "failed");
        await QueueAsync(60, "delivered", "payment_intent.created");
        var first = (await _house.History.ListAsync(_house.Developer, _house.Tenant, _id, new WebhookDeliveryFilter(), null, Ct)).Value!;
        var second = (await _house.History.ListAsync(_house.Developer, _house.Tenant, _id, new WebhookDeliveryFilter(), first.Before, Ct)).Value!;
        var third = (await _house.History.ListAsync(_house.Developer, _house.Tenant, _id, new WebhookDeliveryFilter(), second.Before, Ct)).Value!;

        (first.Items.Count, second.Items.Count, third.Items.Count, third.Before).ShouldBe((50, 50, 20, null));
        first.Items.Concat(second.Items).Concat(third.Items).Select(item => item.Id).ShouldBe(Enumerable.Range(1, 120).Reverse().Select(id => (long)id));
        (await CountAsync(new WebhookDeliveryFilter { Event = "payment_intent.created" })).ShouldBe(60);
        (await CountAsync(new WebhookDeliveryFilter { Status = WebhookDeliveryStatus.Delivered, Event = "setup_intent.created" })).ShouldBe(0);
        (await CountAsync(new WebhookDeliveryFilter { EventId = first.Items[0].EventId })).ShouldBe(1);
        (await CountAsync(new WebhookDeliveryFilter { To = DateTimeOffset.UnixEpoch })).ShouldBe(0);
        (await CountAsync(new WebhookDeliveryFilter { From = DateTimeOffset.UnixEpoch })).ShouldBe(120);
    }

    private async Task<long> CountAsync(WebhookDeliveryFilter filter) => (await _house.History.PlanReplayAsync(_house.Developer, _house.Tenant, _id, filter, Ct)).Value!.Count;

    // Inserts them without the outbox, as if they had been sent long ago.
    private Task QueueAsync(int count, string status, string name = "setup_intent.created") => _house.ExecuteAsync($$"""
        INSERT INTO webhook_deliveries (subscription_id, event_id, event, sequence, body, queued_at, attempts, delivered_at)
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {{count}})
        SELECT s.id, 'evt_' || hex(randomblob(8)), '{{name}}', n, CAST('{}' AS BLOB), 1000000, 12, {{(status == "delivered" ? "1000000" : "NULL")}} FROM numbers, webhook_subscriptions s
        """);
}
