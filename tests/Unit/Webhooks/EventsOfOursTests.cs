using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Events of refunds, receipts, customers and API keys: each is committed with its change, and only for its subscribers.</summary>
public sealed class EventsOfOursTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task A_refund_is_told_when_it_begins_and_when_it_ends()
    {
        await SubscribeAsync("refund.created", "refund.status_updated");
        var payment = (await Client.PrepareAsync(new APayment(SetupIntentId: null) { Amount = """{"value":30000,"currencyCode":"GBP"}""" })).ShouldBeOk()["id"];
        (await Client.PayAsync(payment)).ShouldBeCharged("Successful", "DEPOSITED");

        var refund = (await Client.RefundAsync(payment, """{"amount":1}""", ("idempotencyKey", "a"))).ShouldBeDone()["refundId"];
        (await Client.RefundAsync(payment, """{"amount":20005}""", ("idempotencyKey", "b"))).ShouldBeProblem(400);
        (await Client.RefundAsync(payment, """{"amount":99999}""", ("idempotencyKey", "c"))).ShouldBeInvalid("Amount");

        var events = Events();
        events.Select(told => (told.Event, told.Data["refundStatus"])).ShouldBe(
            [("refund.created", "Created"), ("refund.status_updated", "Successful"), ("refund.created", "Created"), ("refund.status_updated", "Declined")]);
        events[1].Data.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["refundId"] = refund, ["paymentIntentId"] = payment, ["refundStatus"] = "Successful" });
    }

    [Fact]
    public async Task A_customer_is_told_of_by_its_id_alone()
    {
        await SubscribeAsync("customer.created", "customer.updated", "customer.deleted");
        var id = (await Client.CustomerAsync("""{"name":"Alex","emailAddress":"alex@example.com"}""")).ShouldBeOk()["id"];
        (await Client.ChangeCustomerAsync(id, """{"name":"Alexandra"}""")).ShouldBeOk();
        (await Client.ChangeCustomerAsync(id, "{}")).ShouldBeOk();
        await Client.AskAsync(HttpMethod.Delete, $"/customers/{id}");
        await Client.AskAsync(HttpMethod.Delete, $"/customers/{id}");

        var events = Events();

        events.Select(told => told.Event).ShouldBe(["customer.created", "customer.updated", "customer.deleted"]);
        events.ShouldAllBe(told => told.Data.Count == 1 && told.Data["customerId"] == id);
    }

    [Fact]
    public async Task A_receipt_is_told_of_without_its_addresses()
    {
        await SubscribeAsync("receipt.created");
        var payment = (await Client.PrepareAsync(new APayment(SetupIntentId: null))).ShouldBeOk()["id"];
        (await Client.PayAsync(payment)).ShouldBeCharged("Successful", "DEPOSITED");
        await Client.AskAsync(HttpMethod.Post, $"/payment-intents/{payment}/receipt", """{"emails":["a@example.com"]}"""u8.ToArray());

        var told = (Events()).ShouldHaveSingleItem();

        told.Data.Keys.ShouldBe(["receiptId", "paymentIntentId"]);
        var receipts = await Client.AskAsync(HttpMethod.Get, $"/payment-intents/{payment}/receipts");
        receipts.Json[0].GetProperty("id").GetString().ShouldBe(told.Data["receiptId"]);
    }

    [Fact]
    public async Task A_key_is_told_of_when_it_is_made_and_revoked()
    {
        await SubscribeAsync("api_key.created", "api_key.revoked");

        var key = await Portal.CreateKeyAsync(location: Location);
        await Portal.CreateKeyAsync(TenantEnvironment.Production, location: Location);
        (await Portal.RevokeAsync(key)).ShouldBeTrue();

        (Events()).Select(told => (told.Event, told.Data["apiKeyId"])).ShouldBe([("api_key.created", key.Key.Id.Subject), ("api_key.revoked", key.Key.Id.Subject)]);
    }

    private async Task SubscribeAsync(params string[] events)
    {
        var body = JsonSerializer.Serialize(new { events, url = "https://example.com/hooks" });
        (await Client.AskAsync(HttpMethod.Post, "/webhooks", Encoding.UTF8.GetBytes(body))).ShouldBeOk();
    }

    /// <summary>The events in the outbox for the subscribers of this test.</summary>
    private IReadOnlyList<(string Event, IReadOnlyDictionary<string, string> Data)> Events()
    {
        var bodies = Portal.Database.Query<byte[]>(
            $"SELECT d.body FROM webhook_deliveries d JOIN webhook_subscriptions s ON s.id = d.subscription_id WHERE s.location_id = {Location.Id.Value} ORDER BY d.sequence");
        return
        [
            .. from body in bodies
               let told = JsonSerializer.Deserialize<JsonElement>(body)
               select (told.GetProperty("event").GetString()!, (IReadOnlyDictionary<string, string>)told.GetProperty("data").Deserialize<Dictionary<string, string>>()!),
        ];
    }
}
