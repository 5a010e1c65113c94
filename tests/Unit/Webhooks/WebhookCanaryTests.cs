using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Security;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>The whole path over HTTP, from a card to a receiver, and which traces of the card remain on it.</summary>
public sealed class WebhookCanaryTests
{
    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task A_charge_is_told_to_its_receiver_and_no_card_data_is_in_the_outbox_or_arrives()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var portal = await PortalFactory.StartAsync(new PortalFactory
        {
            EnvironmentName = "Development",
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Webhooks:AllowLocalhost"] = "true" },
        });
        using var client = portal.SandboxClient();
        string[] events = ["payment_intent.created", "payment_intent.status_updated", "setup_intent.created", "setup_intent.status_updated"];
        var secret = (await client.SubscribeAsync($"{receiver.Address}/hooks", events)).ShouldBeOk().Secrets()[0].Value;
        var scanner = new CanaryScanner().AddText("card", ACard.Approved).AddText("declined card", ACard.Declined).AddText("key", portal.SandboxKey.Secret);

        var token = await client.TokenOfAsync();
        await client.TokenOfAsync(new ACard { Number = ACard.Declined });
        var payment = await client.PreparedAsync(token);
        (await client.ChargeAsync(payment)).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        var received = new List<Received>();
        while (received.Count < 5)
        {
            received.Add(await receiver.NextAsync());
        }

        received.ShouldAllBe(one => one.IsSignedAsDojoDoes(secret) && one.IsSignedByStandard(secret));
        received.Select(one => one.Headers["webhook-sequence"]).Order(StringComparer.Ordinal).ShouldBe(["1", "2", "3", "4", "5"]);
        var told = string.Join('\n', received.Select(one => one.Body));
        told.ShouldContain($$"""{"paymentIntentId":"{{payment}}","paymentStatus":"Captured","captureMode":"Auto"}""");
        told.ShouldContain($$"""{"setupIntentId":"{{token}}","setupIntentStatus":"Completed"}""");
        foreach (var one in received)
        {
            scanner.Find("a delivery", $"{one.Path}\n{string.Join('\n', one.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{one.Body}").ShouldBeEmpty();
        }

        scanner.FindBelow(portal.DataDirectory).Found.ShouldBeEmpty();
        scanner.Find("the log", string.Join('\n', portal.Log.Entries.Select(entry => entry.Text).Distinct(StringComparer.Ordinal))).ShouldBeEmpty();
        portal.Log.Entries.ShouldNotContain(entry => entry.Text.Contains(secret, StringComparison.Ordinal));
    }
}
