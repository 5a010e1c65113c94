using System.Net.Mime;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api;

/// <summary>The operations on setup intents. What comes before a body, <see cref="ApiGateMiddleware"/> has checked.</summary>
internal static class SetupIntentEndpoints
{
    public static void MapSetupIntents(this IEndpointRouteBuilder routes) =>
        routes.MapResource(ApiPaths.SetupIntents, new Operation(HttpMethods.Post, ApiKeyScopes.Tokenize, CreateAsync));

    private static async Task CreateAsync(HttpContext context)
    {
        if (!IsPlainJson(context.Request))
        {
            await Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json, in UTF-8, not compressed.");
            return;
        }

        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var idempotencyKey, out var headerError))
        {
            await Problems.WriteAsync(context, headerError);
            return;
        }

        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (body is null)
        {
            await Problems.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, $"Send at most {Limits.BodyBytes} bytes.");
            return;
        }

        var key = context.Features.Get<AuthenticatedKey>()!.Key;
        var judged = SetupIntentBody.Judge(body.Utf8, RuleOf(key.Tenant.Environment));
        using var request = judged.Value;
        RequestLogNote.Of(context).Accept(request);
        var result = request is null
            ? judged.Refusal!
            : await context.RequestServices.GetRequiredService<ISetupIntentService>()
                .CreateAsync(new Caller(key.Tenant, $"key:{key.Id.Value}"), request, idempotencyKey);
        await WriteAsync(context, result);
    }

    private static Task WriteAsync(HttpContext context, Result<SetupIntent> result) => result.IsSuccess
        ? context.Response.WriteAsJsonAsync(SetupIntentResponse.Of(result.Value), ApiJson.Default.SetupIntentResponse, cancellationToken: context.RequestAborted)
        : Problems.WriteAsync(context, result.Refusal);

    private static TestCardRule RuleOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? TestCardRule.Refused : TestCardRule.Required;

    private static bool IsPlainJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
