using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>From the commit to a receiver.</summary>
public sealed class DeliveringTests : DeliveringTest
{
    [Fact]
    public async Task The_commit_sends_the_event_and_both_signatures_verify()
    {
        var webhook = await Vault.SubscribeAsync($"{Receiver.Address}/hooks?a=b");
        await Vault.MakeTokenAsync();
        var received = await Receiver.NextAsync();
        await Vault.RecordedAsync();

        received.IsSignedAsDojoDoes(webhook.Secrets[0].Value).ShouldBeTrue();
        received.IsSignedByStandard(webhook.Secrets[0].Value).ShouldBeTrue();
        received.IsSignedAsDojoDoes("whsec_" + Convert.ToBase64String(new byte[32])).ShouldBeFalse();
        received.Path.ShouldBe("/hooks");
        received.Headers["content-type"].ShouldBe("application/json");
        received.Headers["webhook-sequence"].ShouldBe("1");
        received.Body.ShouldBe((await Vault.TextsAsync("SELECT CAST(body AS TEXT) FROM webhook_deliveries")).Single());
        received.Body.ShouldContain($"\"id\":\"{received.Id}\"");
        received.At.ToUnixTimeSeconds().ShouldBe(Vault.Clock.GetUtcNow().ToUnixTimeSeconds());
        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE next_attempt_at IS NULL AND delivered_at IS NOT NULL AND attempts = 1").ShouldBe(1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_2xx_is_a_success(int status)
    {
        Receiver.Answer = context => Task.FromResult(context.Response.StatusCode = status);
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();

        (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_hangs_has_a_few_under_way_times_out_and_holds_up_nobody()
    {
        Receiver.Hang("/hangs");
        await Vault.SubscribeAsync($"{Receiver.Address}/hangs");
        await Vault.SubscribeAsync($"{Receiver.Address}/quick");
        for (var i = 0; i < 10; i++)
        {
            await Vault.MakeTokenAsync();
        }

        for (var i = 0; i < 10; i++)
        {
            (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue("only the quick one has answered");
        }

        var arrived = new List<Received>();
        while (arrived.Count < 10 + DeliveringVault.AtOnce)
        {
            arrived.Add(await Receiver.NextAsync());
        }

        Receiver.All.Count(received => received.Path == "/hangs").ShouldBe(DeliveringVault.AtOnce);
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            (await Vault.RecordedAsync()).ShouldSatisfyAllConditions(attempt => attempt.Status.ShouldBeNull(), attempt => attempt.Error.ShouldBe("Timeout"));
        }

        (await Receiver.NextAsync()).Path.ShouldBe("/hangs", "the next ones have their turn");
    }

    [Fact]
    public async Task A_secret_that_was_replaced_signs_beside_its_successor_for_a_day()
    {
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        var rolled = (await Vault.Webhooks.AddSecretAsync(Vault.Caller, webhook.Id)).Value.ShouldNotBeNull();
        var (old, successor) = (rolled.Secrets[0], rolled.Secrets[1]);
        await Vault.MakeTokenAsync();
        (await Receiver.NextAsync()).Signatures.Length.ShouldBe(1, "the new one is not active yet");
        (await Vault.Webhooks.ActivateSecretAsync(Vault.Caller, webhook.Id, successor.Id)).ShouldBeNull();

        await Vault.MakeTokenAsync();
        var during = await Receiver.NextAsync();
        during.IsSignedAsDojoDoes(successor.Value).ShouldBeTrue();
        during.IsSignedByStandard(successor.Value).ShouldBeTrue();
        during.IsSignedByStandard(old.Value).ShouldBeTrue();

        Vault.Clock.Advance(WebhookLimits.Overlap);
        await Vault.MakeTokenAsync();
        var later = await Receiver.NextAsync();
        later.IsSignedByStandard(successor.Value).ShouldBeTrue();
        later.Signatures.Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_under_way_at_a_stop_or_queued_since_is_sent_after_the_next_start()
    {
        Receiver.Hang("/");
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        var first = await Receiver.NextAsync();
        var stopping = Vault.StopDispatcherAsync();
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(2));
        await stopping;
        await Vault.MakeTokenAsync();
        Vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(0);

        Receiver.AnswerWith(200);
        await Vault.StartDispatcherAsync();
        Received[] after = [await Receiver.NextAsync(), await Receiver.NextAsync()];
        await Vault.RecordedAsync();
        await Vault.RecordedAsync();

        after.Count(received => received.Id == first.Id && received.Body == first.Body).ShouldBe(1);
        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE delivered_at IS NOT NULL").ShouldBe(2);
    }

    [Fact]
    public async Task What_has_collected_is_claimed_together_and_each_is_delivered_once()
    {
        const int Events = 100;
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.StopDispatcherAsync();
        for (var i = 0; i < Events; i++)
        {
            await Vault.MakeTokenAsync();
        }

        await Vault.StartDispatcherAsync();
        for (var i = 0; i < Events; i++)
        {
            (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue();
        }

        (await Vault.ClaimedAsync(Events)).ShouldBe(1);
        Receiver.All.Select(received => received.Headers["webhook-sequence"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(Events);
        Receiver.All.Count.ShouldBe(Events);
        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries WHERE delivered_at IS NOT NULL AND attempts = 1").ShouldBe(Events);
    }

    [Fact]
    public async Task Packed_events_that_nobody_was_told_of_are_sent_with_the_next_look()
    {
        await Vault.SubscribeAsync(Receiver.Address);
        await Vault.LeavePackedAsync(5);

        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(5));

        for (var i = 0; i < 5; i++)
        {
            (await Vault.RecordedAsync()).Succeeded.ShouldBeTrue();
        }

        Receiver.All.Select(received => received.Headers["webhook-sequence"]).Order(StringComparer.Ordinal).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Fact]
    public async Task Of_an_answer_the_beginning_is_kept_and_nothing_that_has_a_card_number()
    {
        await Vault.SubscribeAsync(Receiver.Address);
        Receiver.AnswerWith(500, new string('x', 100_000));
        await Vault.MakeTokenAsync();
        (await Vault.RecordedAsync()).Response!.Length.ShouldBe(16 * 1024);
        Receiver.AnswerWith(500, "seen: 5200000000001005");
        await Vault.MakeTokenAsync();
        (await Vault.RecordedAsync()).Response.ShouldBeNull();
    }
}
