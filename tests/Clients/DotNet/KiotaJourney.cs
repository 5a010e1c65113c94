using Dojo.Pci.Tests.Clients.Kiota;
using Dojo.Pci.Tests.Clients.Kiota.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace Dojo.Pci.Tests.Clients;

/// <summary>The journey with the client that Kiota generates, which takes the address from the description.</summary>
internal static class KiotaJourney
{
    public static async Task RunAsync(string key, string receiver)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("version", "2026-02-27");
        // ApiKeyAuthenticationProvider accepts only HTTPS, and the portal of a test is at localhost.
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {key}");
        using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http);
        var client = new KiotaClient(adapter);

        var token = await client.SetupIntents.PostAsync(new CreateSetupIntentRequest { CardNumber = "5200000000001005", ExpiryDate = "12/48", Reference = "Kiota 1" });
        Expect(token?.Status == SetupIntentStatus.Authorized && token.Reference == "Kiota 1", "the token is authorized, and has its reference");

        var payment = await client.PaymentIntents.PostAsync(new CreatePaymentIntentRequest
        {
            Amount = new RequestedMoney { Value = 2500, CurrencyCode = CurrencyCode.GBP },
            Reference = "Kiota 2",
            SetupIntentId = token!.Id,
        });
        var charged = await client.PaymentIntents[payment!.Id!].Charge.PostAsync();
        Expect(charged?.Status == ChargeStatus.Successful, "the charge is successful");

        var refund = await client.PaymentIntents[payment.Id!].Refunds.PostAsync(
            new CreateRefundRequest { Amount = 1000, RefundReason = "Kiota" }, call => call.Headers.Add("idempotencyKey", Guid.NewGuid().ToString()));
        var read = await client.PaymentIntents[payment.Id!].GetAsync();
        Expect(refund?.RefundId is not null && read?.RefundedAmount == 1000, "the refund is made");

        var subscription = await client.Webhooks.PostAsync(new SubscribeRequest { Events = [WebhookEventName.Payment_intentStatus_updated], Url = receiver });
        Expect(subscription?.Url == receiver, "the subscription is made");

        Problem? refused = null;
        try
        {
            await client.SetupIntents.PostAsync(new CreateSetupIntentRequest { Reference = "" });
        }
        catch (Problem problem)
        {
            refused = problem;
        }

        Expect(refused is { Status: 400, Errors: not null } && refused.Errors.AdditionalData.ContainsKey("Reference"), "a refusal names its field");
        Console.WriteLine("Kiota: tokenized, charged, refunded, subscribed");
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Kiota: it does not hold that {what}.");
        }
    }
}
