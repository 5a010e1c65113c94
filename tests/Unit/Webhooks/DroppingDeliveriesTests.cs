namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Deliveries that are no longer sent, and those that are no longer kept.</summary>
public sealed class DroppingDeliveriesTests : DeliveringTest
{
    [Fact]
    public async Task What_is_older_than_thirty_days_is_dropped_with_its_attempts_and_at_last_a_deleted_subscription()
    {
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        await Vault.RecordedAsync();
        Vault.Clock.Advance(TimeSpan.FromDays(29));
        await Vault.MakeTokenAsync();
        await Vault.RecordedAsync();
        (await Vault.Webhooks.DeleteAsync(Vault.Caller, webhook.Id)).ShouldBeNull();
        await Vault.DropOldAsync();
        Vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(2);

        Vault.Clock.Advance(TimeSpan.FromDays(2));
        await Vault.DropOldAsync();

        Vault.Single("SELECT COUNT(*) FROM webhook_deliveries").ShouldBe(1);
        Vault.Single("SELECT COUNT(*) FROM webhook_attempts").ShouldBe(1);
        Vault.Single("SELECT COUNT(*) FROM webhook_subscriptions").ShouldBe(1, "it was deleted two days ago");
        Vault.Clock.Advance(TimeSpan.FromDays(30));
        await Vault.DropOldAsync();
        Vault.Single("SELECT COUNT(*) FROM webhook_subscriptions").ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_that_waits_is_sent_once_the_subscription_is_deleted()
    {
        Receiver.AnswerWith(500);
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        await Vault.MakeTokenAsync();
        await Receiver.NextAsync();
        await Vault.RecordedAsync();
        (await Vault.Webhooks.DeleteAsync(Vault.Caller, webhook.Id)).ShouldBeNull();
        await Vault.RefusedAsync();
        Vault.Clock.Advance(TimeSpan.FromSeconds(12));

        await Vault.StopDispatcherAsync();

        Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_that_was_claimed_is_sent_once_the_subscription_is_deleted()
    {
        Receiver.Hang("/");
        var webhook = await Vault.SubscribeAsync(Receiver.Address);
        for (var i = 0; i < 10; i++)
        {
            await Vault.MakeTokenAsync();
        }

        await Vault.ClaimedAsync(10);
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            await Receiver.NextAsync();
        }

        (await Vault.Webhooks.DeleteAsync(Vault.Caller, webhook.Id)).ShouldBeNull();
        await Vault.RefusedAsync();
        await Vault.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < DeliveringVault.AtOnce; i++)
        {
            (await Vault.RecordedAsync()).Error.ShouldBe("Timeout");
        }

        await Vault.StopDispatcherAsync();
        Receiver.All.Count.ShouldBe(DeliveringVault.AtOnce);
    }
}
