using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>Searches payment intents, changes them before they are charged, and answers the public operations for a shopper's device.</summary>
internal sealed class PaymentIntentChangeEndpoints(IPaymentIntentChanges service)
{
    private static readonly BodyProperty<AmountValidator>[] s_amount =
    [
        new("amount", (ref reader, validator) => validator.Amount(ref reader)),
        new("itemLines", (ref reader, validator) => validator.ItemLines(ref reader)),
        new("taxLines", (ref reader, validator) => validator.TaxLines(ref reader)),
    ];

    private static readonly BodyProperty<TipsAmountValidator>[] s_tips = [new("tipsAmount", (ref reader, validator) => validator.TipsAmount(ref reader))];

    private static readonly BodyProperty<PaymentIntentSearchValidator>[] s_search =
    [
        new("statuses", (ref reader, validator) => validator.Statuses(ref reader)),
        BodyProperties.Instant<PaymentIntentSearchValidator>("startDate", (validator, instant) => validator.From(instant)),
        BodyProperties.Instant<PaymentIntentSearchValidator>("endDate", (validator, instant) => validator.To(instant)),
        new("cursor", (ref reader, validator) => validator.Cursor(ref reader)),
    ];

    // Keys take turns, as for lists of setup intents.
    private readonly FairTurns<ApiKeyId> _searches = new(2 * Environment.ProcessorCount);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.SearchPaymentIntents, new Operation(HttpMethods.Post, ApiKeyScopes.Read, SearchAsync, TakesBody: true));
        routes.MapResource(ApiPaths.PaymentIntentAmount, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, SetAmountAsync, TakesBody: true));
        routes.MapResource(ApiPaths.PaymentIntentTipsAmount, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, SetTipsAmountAsync, TakesBody: true));
        routes.MapResource(ApiPaths.RefreshPaymentClientSecret, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, RenewClientSecretAsync));
        routes.MapResource(ApiPaths.PublicPaymentIntent, new Operation(HttpMethods.Get, Scope: null, GetPublicAsync));
        routes.MapResource(ApiPaths.PublicRefreshPaymentClientSecret, new Operation(HttpMethods.Post, Scope: null, RenewClientSecretPublicAsync));
    }

    private async Task SearchAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new PaymentIntentSearchValidator(Enum.GetNames<PaymentIntentStatus>());
        var validated = StrictJson.TryRead(body.Utf8, s_search, validator, out var refusal) ? validator.Validate() : refusal!;
        var found = validated.IsSuccess ? await SearchInTurnAsync(context, validated.Value) : validated.Refusal;
        if (!found.IsSuccess)
        {
            await Problems.WriteAsync(context, found.Refusal);
            return;
        }

        var version = ApiVersion.Of(context);
        var page = new PaymentIntentListResponse([.. found.Value.Items.Select(intent => PaymentIntentResponse.Of(intent, version))], found.Value.Before, found.Value.After);
        await JsonAnswer.WriteAsync(context, page, ApiJson.Default.PaymentIntentListResponse);
    }

    private async Task<Result<PaymentIntentList>> SearchInTurnAsync(HttpContext context, PaymentIntentSearchRequest request)
    {
        await _searches.WaitAsync(context.Features.Get<AuthenticatedKey>()!.Key.Id, context.RequestAborted);
        try
        {
            return await service.SearchAsync(CallerOf(context).Tenant, request, context.RequestAborted);
        }
        finally
        {
            _searches.Release();
        }
    }

    private async Task SetAmountAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        using var validator = new AmountValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_amount, validator, out var refusal) ? validator.Validate() : refusal!;
        await WriteAsync(context, validated.IsSuccess ? await service.SetAmountAsync(CallerOf(context), IdOf(context), validated.Value) : validated.Refusal);
    }

    private async Task SetTipsAmountAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new TipsAmountValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_tips, validator, out var refusal) ? validator.Validate() : refusal!;
        await WriteAsync(context, validated.IsSuccess ? await service.SetTipsAmountAsync(CallerOf(context), IdOf(context), validated.Value) : validated.Refusal);
    }

    private async Task RenewClientSecretAsync(HttpContext context) =>
        await WriteAsync(context, await service.RenewClientSecretAsync(CallerOf(context).Tenant, IdOf(context)));

    private async Task GetPublicAsync(HttpContext context) => await WritePublicAsync(context, await service.GetPublicAsync(IdOf(context), context.RequestAborted));

    private async Task RenewClientSecretPublicAsync(HttpContext context) => await WritePublicAsync(context, await service.RenewClientSecretPublicAsync(IdOf(context)));

    private static Task WriteAsync(HttpContext context, Result<PaymentIntent> result)
    {
        if (!result.IsSuccess)
        {
            return Problems.WriteAsync(context, result.Refusal);
        }

        RequestLogNote.Of(context).Concern(result.Value);
        return JsonAnswer.WriteAsync(context, PaymentIntentResponse.Of(result.Value, ApiVersion.Of(context)), ApiJson.Default.PaymentIntentResponse);
    }

    private static Task WritePublicAsync(HttpContext context, Result<PaymentIntent> result) => result.IsSuccess
        ? JsonAnswer.WriteAsync(context, PublicPaymentIntentResponse.Of(result.Value, ApiVersion.Of(context)), ApiJson.Default.PublicPaymentIntentResponse)
        : Problems.WriteAsync(context, result.Refusal);
}
