using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.PaymentIntents;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>
/// <c>POST /sandbox/payment-intents/{id}/pay</c>, an extension of ours: stands in for the shopper who enters a card at Dojo's checkout.
/// Production keys get 404.
/// </summary>
internal sealed class SandboxPaymentEndpoint(IPaymentIntentService service)
{
    private static readonly BodyProperty<ShopperCardValidator>[] s_members =
    [
        BodyProperties.Text<ShopperCardValidator>("cardNumber", (validator, text) => validator.CardNumber(text)),
        BodyProperties.Text<ShopperCardValidator>("expiryDate", (validator, text) => validator.ExpiryDate(text)),
    ];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapResource(ApiPaths.SandboxPayment, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, PayAsync, TakesBody: true) { IsSandboxOnly = true });

    private async Task PayAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = Validate(body.Utf8);
        using var card = validated.Value;
        RequestLogNote.Of(context).Accept(card);
        await ChargeAnswer.WriteAsync(
            context, card is null ? validated.Refusal! : await service.PayAsync(CallerOf(context), IdOf(context), card));
    }

    private static Result<CardDetails> Validate(ReadOnlySpan<byte> json)
    {
        using var validator = new ShopperCardValidator();
        return StrictJson.TryRead(json, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
    }
}
