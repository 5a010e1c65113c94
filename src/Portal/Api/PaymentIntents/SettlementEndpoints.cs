using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>Captures, reversals and refunds of payment intents.</summary>
internal sealed class SettlementEndpoints(IPaymentIntentService service)
{
    private const string RetryAfterSeconds = "5";

    private static readonly BodyProperty<CaptureValidator>[] s_capture =
    [
        new("amount", (ref reader, validator) => validator.Amount(ref reader)),
        new("tipsAmount", (ref reader, validator) => validator.TipsAmount(ref reader)),
    ];

    private static readonly BodyProperty<RefundValidator>[] s_refund =
    [
        new("amount", (ref reader, validator) => validator.Amount(ref reader)),
        BodyProperties.Text<RefundValidator>("previousTransactionId", (validator, text) => validator.PreviousTransactionId(text)),
        BodyProperties.Text<RefundValidator>("refundReason", (validator, text) => validator.Reason(text)),
        BodyProperties.Text<RefundValidator>("notes", (validator, text) => validator.Notes(text)),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.Captures, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, CaptureAsync, TakesBody: true));
        routes.MapResource(ApiPaths.Reversal, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, ReverseAsync));
        routes.MapResource(ApiPaths.Refunds, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, RefundAsync, TakesBody: true));
        routes.MapResource(ApiPaths.Refund, new Operation(HttpMethods.Get, ApiKeyScopes.Read, GetRefundAsync));
    }

    private async Task CaptureAsync(HttpContext context)
    {
        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var key, out var error))
        {
            await Problems.WriteAsync(context, error);
            return;
        }

        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new CaptureValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_capture, validator, out var refusal) ? validator.Validate() : refusal!;
        RequestLogNote.Of(context).Accept(validated.Value);
        await WriteAsync(context, validated.IsSuccess ? await service.CaptureAsync(CallerOf(context), IdOf(context), validated.Value, key) : validated.Refusal);
    }

    private async Task ReverseAsync(HttpContext context)
    {
        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var key, out var error))
        {
            await Problems.WriteAsync(context, error);
            return;
        }

        await WriteAsync(context, await service.ReverseAsync(CallerOf(context), IdOf(context), key));
    }

    private async Task RefundAsync(HttpContext context)
    {
        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var key, out var error) || key is null)
        {
            await Problems.WriteAsync(context, error ?? new FieldError("IdempotencyKey", "The IdempotencyKey header is required."));
            return;
        }

        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new RefundValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_refund, validator, out var refusal) ? validator.Validate() : refusal!;
        RequestLogNote.Of(context).Accept(validated.Value);
        await WriteAsync(context, validated.IsSuccess ? await service.RefundAsync(CallerOf(context), IdOf(context), validated.Value, key) : validated.Refusal);
    }

    private async Task GetRefundAsync(HttpContext context) => await WriteAsync(
        context, await service.GetRefundAsync(CallerOf(context).Tenant, IdOf(context, "refundId"), context.RequestAborted));

    private static Task WriteAsync(HttpContext context, Result<Settlement> result)
    {
        if (!result.IsSuccess)
        {
            return Problems.WriteAsync(context, result.Refusal);
        }

        var settlement = result.Value;
        switch (settlement.Status)
        {
            case SettlementStatus.Successful:
                return WriteAsync(context, settlement);
            case SettlementStatus.Declined:
                return Problems.WriteAsync(
                    context,
                    settlement.Kind == SettlementKind.Refund ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
                    "The acquirer has declined. Nothing was moved.");
            case SettlementStatus.Failed:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The acquirer could not be asked. Nothing was moved; repeat the request.");
            default:
                return Problems.WriteAsync(
                    context,
                    StatusCodes.Status504GatewayTimeout,
                    "The acquirer was asked, and its answer is not known. It will be asked what became of it; repeating the request asks now. Nothing is moved twice.");
        }
    }

    private static Task WriteAsync(HttpContext context, Settlement settlement) => settlement.Kind switch
    {
        SettlementKind.Capture => JsonAnswer.WriteAsync(context, new CaptureResponse("Captured", settlement.Id), ApiJson.Default.CaptureResponse),
        SettlementKind.Reversal => JsonAnswer.WriteAsync(context, new ReversalResponse("Reversed", settlement.Id), ApiJson.Default.ReversalResponse),
        _ => JsonAnswer.WriteAsync(
            context, new RefundResponse(settlement.PaymentIntentId, settlement.Id, settlement.Reason, settlement.Notes), ApiJson.Default.RefundResponse),
    };
}

/// <summary>The answer to a capture.</summary>
internal sealed record CaptureResponse(string Message, string CaptureId);

/// <summary>The answer to a reversal.</summary>
internal sealed record ReversalResponse(string Message, string ReversalId);

/// <summary>A refund.</summary>
internal sealed record RefundResponse(string PaymentIntentId, string RefundId, string? RefundReason, string? Notes);
