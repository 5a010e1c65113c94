using System.Text.Json;
using Dapper;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>A receiver of events is notified of each status of a payment, and of nothing else.</summary>
public sealed class PaymentStatusEventsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authorized_payment_is_told_again_when_it_is_captured_and_when_all_of_it_is_refunded()
    {
        using var client = portal.ClientOf((await portal.CreateKeyAsync(location: await portal.CreateLocationAsync())).Secret);
        (await client.SubscribeAsync("https://hooks.example.invalid/", "payment_intent.status_updated")).ShouldBeOk();
        var id = (await client.PrepareAsync(new APayment(await client.TokenOfAsync()) { More = "\"captureMode\":\"Manual\"" })).ShouldBeOk()["id"];

        (await client.ChargeAsync(id)).ShouldBeCharged("Successful", "AUTHORIZED");
        (await client.CaptureAsync(id, """{"amount":1000}""")).ShouldBeDone();
        (await client.CaptureAsync(id, """{"amount":999}""")).ShouldBeDone();
        (await client.RefundAsync(id, """{"amount":1}""", ("idempotencyKey", "1"))).ShouldBeDone();
        (await client.RefundAsync(id, """{"amount":1998}""", ("idempotencyKey", "2"))).ShouldBeDone();

        (await EventsAsync(id)).ShouldBe([("Authorized", "Manual"), ("Captured", "Manual"), ("Refunded", "Manual")]);
    }

    [Fact]
    public async Task An_authorized_payment_is_told_again_when_it_is_reversed()
    {
        using var client = portal.ClientOf((await portal.CreateKeyAsync(location: await portal.CreateLocationAsync())).Secret);
        (await client.SubscribeAsync("https://hooks.example.invalid/", "payment_intent.status_updated")).ShouldBeOk();
        var id = (await client.PrepareAsync(new APayment(await client.TokenOfAsync()) { More = "\"captureMode\":\"Manual\"" })).ShouldBeOk()["id"];

        (await client.ChargeAsync(id)).ShouldBeCharged("Successful", "AUTHORIZED");
        (await client.ReverseAsync(id)).ShouldBeDone();

        (await EventsAsync(id)).ShouldBe([("Authorized", "Manual"), ("Reversed", "Manual")]);
    }

    private async Task<IReadOnlyList<(string? Status, string? CaptureMode)>> EventsAsync(string payment)
    {
        var bodies = await portal.Services.GetRequiredService<IDatabase>().ReadAsync(
            connection => connection.Query<byte[]>("SELECT body FROM webhook_deliveries ORDER BY id").AsList(), Ct);
        return
        [
            .. from body in bodies
               let data = JsonDocument.Parse(body).RootElement.GetProperty("data")
               where data.GetProperty("paymentIntentId").GetString() == payment
               select (data.GetProperty("paymentStatus").GetString(), data.GetProperty("captureMode").GetString()),
        ];
    }
}
