using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>
/// The operations on receipts. Requesting a receipt is an operation of Dojo's; reading receipts is an extension of ours, for the system that sends
/// them. The request log keeps none of the email addresses.
/// </summary>
internal sealed class ReceiptEndpoints(IReceipts service)
{
    private static readonly BodyProperty<ReceiptValidator>[] s_members = [new("emails", (ref reader, validator) => validator.Emails(ref reader))];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.Receipt, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, CreateAsync, TakesBody: true));
        routes.MapResource(ApiPaths.Receipts, new Operation(HttpMethods.Get, ApiKeyScopes.Read, ListAsync));
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new ReceiptValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
        if ((validated.IsSuccess ? await service.CreateAsync(CallerOf(context), IdOf(context), validated.Value) : validated.Refusal) is { } refused)
        {
            await Problems.WriteAsync(context, refused);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ListAsync(HttpContext context)
    {
        var listed = await service.ListAsync(CallerOf(context).Tenant, IdOf(context), context.RequestAborted);
        await (listed.IsSuccess
            ? JsonAnswer.WriteAsync(context, [.. listed.Value.Items.Select(ReceiptResponse.Of)], ApiJson.Default.ReceiptResponseArray)
            : Problems.WriteAsync(context, listed.Refusal));
    }
}

/// <summary>A receipt to be sent.</summary>
internal sealed record ReceiptResponse(string Id, string PaymentIntentId, IReadOnlyList<string> Emails, string Text, DateTime CreatedAt)
{
    public static ReceiptResponse Of(Receipt receipt) => new(receipt.Id, receipt.PaymentIntentId, receipt.Emails, receipt.Text, receipt.CreatedAt.UtcDateTime);
}
