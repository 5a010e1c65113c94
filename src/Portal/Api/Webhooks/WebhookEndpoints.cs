using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Webhooks;

/// <summary>The nine operations on webhooks (dojo-domain.md §7.5).</summary>
internal sealed class WebhookEndpoints(IWebhookService service)
{
    private const ApiKeyScopes Scope = ApiKeyScopes.Webhooks;

    private static readonly WebhookEventsResponse[] s_events = [.. WebhookEvents.Models.Select(model => new WebhookEventsResponse(model.Model, model.Events))];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.WebhookEvents, new Operation(HttpMethods.Get, Scope, ListEventsAsync));
        routes.MapResource(
            ApiPaths.Webhooks,
            new Operation(HttpMethods.Get, Scope, ListAsync),
            new Operation(HttpMethods.Post, Scope, CreateAsync, TakesBody: true));
        routes.MapResource(
            ApiPaths.Webhook,
            new Operation(HttpMethods.Patch, Scope, UpdateAsync, TakesBody: true),
            new Operation(HttpMethods.Delete, Scope, DeleteAsync));
        routes.MapResource(
            ApiPaths.WebhookSecrets,
            new Operation(HttpMethods.Get, Scope, ListSecretsAsync),
            new Operation(HttpMethods.Post, Scope, AddSecretAsync));
        routes.MapResource(ApiPaths.WebhookSecret, new Operation(HttpMethods.Delete, Scope, DeleteSecretAsync));
        routes.MapResource(ApiPaths.ActivateWebhookSecret, new Operation(HttpMethods.Put, Scope, ActivateSecretAsync));
    }

    private static Task ListEventsAsync(HttpContext context) => JsonAnswer.WriteAsync(context, s_events, ApiJson.Default.WebhookEventsResponseArray);

    private async Task ListAsync(HttpContext context)
    {
        var webhooks = await service.ListAsync(CallerOf(context).Tenant, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, [.. webhooks.Select(WebhookResponse.Of)], ApiJson.Default.WebhookResponseArray);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = WebhookBody.Validate(body.Utf8, isChange: false);
        await WriteAsync(context, validated.IsSuccess ? await service.CreateAsync(CallerOf(context), validated.Value) : validated.Refusal);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = WebhookBody.Validate(body.Utf8, isChange: true);
        await WriteAsync(context, validated.IsSuccess ? await service.UpdateAsync(CallerOf(context), IdOf(context), validated.Value) : validated.Refusal);
    }

    private async Task DeleteAsync(HttpContext context) => await WriteDoneAsync(context, await service.DeleteAsync(CallerOf(context), IdOf(context)));

    private async Task ListSecretsAsync(HttpContext context) =>
        await WriteSecretsAsync(context, await service.GetAsync(CallerOf(context).Tenant, IdOf(context), context.RequestAborted));

    private async Task AddSecretAsync(HttpContext context) => await WriteSecretsAsync(context, await service.AddSecretAsync(CallerOf(context), IdOf(context)));

    private async Task ActivateSecretAsync(HttpContext context) =>
        await WriteDoneAsync(context, await service.ActivateSecretAsync(CallerOf(context), IdOf(context), IdOf(context, "secretId")));

    private async Task DeleteSecretAsync(HttpContext context) =>
        await WriteDoneAsync(context, await service.DeleteSecretAsync(CallerOf(context), IdOf(context), IdOf(context, "secretId")));

    private static Task WriteAsync(HttpContext context, Result<WebhookSubscription> result) => result.IsSuccess
        ? JsonAnswer.WriteAsync(context, WebhookResponse.Of(result.Value), ApiJson.Default.WebhookResponse)
        : Problems.WriteAsync(context, result.Refusal);

    private static Task WriteSecretsAsync(HttpContext context, Result<WebhookSubscription> result) => result.IsSuccess
        ? JsonAnswer.WriteAsync(context, WebhookSecretsResponse.Of(result.Value), ApiJson.Default.WebhookSecretsResponse)
        : Problems.WriteAsync(context, result.Refusal);

    private static Task WriteDoneAsync(HttpContext context, Refusal? refusal)
    {
        if (refusal is not null)
        {
            return Problems.WriteAsync(context, refusal);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
