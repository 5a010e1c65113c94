using Dojo.Pci.Tests.Clients.NSwag;

namespace Dojo.Pci.Tests.Clients;

/// <summary>The journey with the clients that NSwag generates, one for each group of operations. They take the address from the description.</summary>
internal static class NSwagJourney
{
    private const string Version = "2026-02-27";

    public static async Task RunAsync(string key, string receiver)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {key}");
        var (tokens, payments) = (new SetupIntentsClient(http), new PaymentIntentsClient(http));

        var token = await tokens.CreateAsync(Version, new CreateSetupIntentRequest { CardNumber = "5200000000001005", ExpiryDate = "12/48", Reference = "NSwag 1" });
        Expect(token is { Status: SetupIntentStatus.Authorized, Reference: "NSwag 1" }, "the token is authorized, and has its reference");

        var payment = await payments.CreateAsync(Version, new CreatePaymentIntentRequest
        {
            Amount = new RequestedMoney { Value = 2500, CurrencyCode = CurrencyCode.GBP },
            Reference = "NSwag 2",
            SetupIntentId = token.Id,
        });
        var charged = await payments.ChargeAsync(payment.Id, Version);
        Expect(charged.Status == ChargeStatus.Successful, "the charge is successful");

        var refund = await new RefundsClient(http).CreateAsync(payment.Id, Version, Guid.NewGuid().ToString(), new CreateRefundRequest { Amount = 1000, RefundReason = "NSwag" });
        var read = await payments.GetAsync(payment.Id, Version);
        Expect(refund.RefundId is not null && read.RefundedAmount == 1000, "the refund is made");

        var subscription = await new WebhooksClient(http).SubscribeAsync(
            Version, new SubscribeRequest { Events = [WebhookEventName.Payment_intent_status_updated], Url = new Uri(receiver) });
        Expect(subscription.Url == new Uri(receiver), "the subscription is made");

        Problem? refused = null;
        try
        {
            await tokens.GetAsync("si_sandbox_AAAAAAAAAAAAAAAAAAAAAA", Version);
        }
        catch (ApiException<Problem> problem)
        {
            refused = problem.Result;
        }

        Expect(refused?.Status == 404, "a refusal is read");
        Console.WriteLine("NSwag: tokenized, charged, refunded, subscribed");
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"NSwag: it does not hold that {what}.");
        }
    }
}
