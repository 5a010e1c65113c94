using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>The operations on payment intents (dojo-domain.md §4.3).</summary>
internal sealed class PaymentIntentEndpoints(IPaymentIntentService service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.PaymentIntents, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, CreateAsync, TakesBody: true));
        routes.MapResource(
            ApiPaths.PaymentIntent,
            new Operation(HttpMethods.Get, ApiKeyScopes.Read, GetAsync),
            new Operation(HttpMethods.Delete, ApiKeyScopes.Charge, DeleteAsync));
        routes.MapResource(ApiPaths.ChargePaymentIntent, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, ChargeAsync));
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var idempotencyKey, out var headerError))
        {
            await Problems.WriteAsync(context, headerError);
            return;
        }

        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = PaymentIntentBody.Validate(body.Utf8);
        RequestLogNote.Of(context).Accept(validated.Value);
        await WriteAsync(context, validated.IsSuccess ? await service.CreateAsync(CallerOf(context), validated.Value, idempotencyKey) : validated.Refusal);
    }

    private async Task GetAsync(HttpContext context)
    {
        if (!QueryFlag.TryRead(context.Request.Query, "returnCanceled", out var returnCanceled, out var error))
        {
            await Problems.WriteAsync(context, error);
            return;
        }

        await WriteAsync(context, await service.GetAsync(CallerOf(context).Tenant, IdOf(context), returnCanceled, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context) =>
        await WriteAsync(context, await service.DeleteAsync(CallerOf(context), IdOf(context)));

    private async Task ChargeAsync(HttpContext context) =>
        await ChargeAnswer.WriteAsync(context, await service.ChargeAsync(CallerOf(context), IdOf(context)));

    private static Task WriteAsync(HttpContext context, Result<PaymentIntent> result)
    {
        if (!result.IsSuccess)
        {
            return Problems.WriteAsync(context, result.Refusal);
        }

        RequestLogNote.Of(context).Concern(result.Value);
        return JsonAnswer.WriteAsync(context, PaymentIntentResponse.Of(result.Value, ApiVersion.Of(context)), ApiJson.Default.PaymentIntentResponse);
    }
}
