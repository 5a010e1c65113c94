using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>Captures, reversals and refunds of payment intents.</summary>
internal sealed class SettlementEndpoints(IPaymentIntentService service)
{
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

    private Task CaptureAsync(HttpContext context) => SettleAsync<CaptureRequest>(
        context,
        requiresKey: false,
        utf8 =>
        {
            var validator = new CaptureValidator();
            var validated = StrictJson.TryRead(utf8, s_capture, validator, out var refusal) ? validator.Validate() : refusal!;
            RequestLogNote.Of(context).Accept(validated.Value);
            return validated;
        },
        (request, key) => service.CaptureAsync(CallerOf(context), IdOf(context), request, key));

    private async Task ReverseAsync(HttpContext context)
    {
        if (await TryReadKeyAsync(context, isRequired: false) is (true, var key))
        {
            await WriteAsync(context, await service.ReverseAsync(CallerOf(context), IdOf(context), key));
        }
    }

    private Task RefundAsync(HttpContext context) => SettleAsync<RefundRequest>(
        context,
        requiresKey: true,
        utf8 =>
        {
            var validator = new RefundValidator();
            var validated = StrictJson.TryRead(utf8, s_refund, validator, out var refusal) ? validator.Validate() : refusal!;
            RequestLogNote.Of(context).Accept(validated.Value);
            return validated;
        },
        (request, key) => service.RefundAsync(CallerOf(context), IdOf(context), request, key!));

    private async Task GetRefundAsync(HttpContext context) => await WriteAsync(
        context, await service.GetRefundAsync(CallerOf(context).Tenant, IdOf(context, "refundId"), context.RequestAborted));

    /// <summary>Runs a settlement with a body: reads the idempotency key, takes the body, validates it and calls the service.</summary>
    private static async Task SettleAsync<TRequest>(
        HttpContext context, bool requiresKey, Func<ReadOnlySpan<byte>, Result<TRequest>> validate, Func<TRequest, IdempotencyKey?, Task<Result<Settlement>>> settle)
        where TRequest : class
    {
        if (await TryReadKeyAsync(context, requiresKey) is not (true, var key))
        {
            return;
        }

        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is not null)
        {
            var validated = validate(body.Utf8);
            await WriteAsync(context, validated.IsSuccess ? await settle(validated.Value, key) : validated.Refusal);
        }
    }

    private static async Task<(bool IsRead, IdempotencyKey? Key)> TryReadKeyAsync(HttpContext context, bool isRequired)
    {
        if (IdempotencyHeader.TryRead(context.Request.Headers, out var key, out var error) && !(isRequired && key is null))
        {
            return (true, key);
        }

        await Problems.WriteAsync(context, error ?? new FieldError("IdempotencyKey", "The IdempotencyKey header is required."));
        return (false, null);
    }

    private static Task WriteAsync(HttpContext context, Result<Settlement> result)
    {
        if (result.Value is { } settlement)
        {
            RequestLogNote.Of(context).Concern(settlement);
        }

        return result switch
        {
            { Refusal: { } refusal } => Problems.WriteAsync(context, refusal),
            { Value: { Status: SettlementStatus.Successful } settled } => WriteAsync(context, settled),
            _ => Problems.WriteAsync(context, result.Value!),
        };
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
