using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>The operations on setup intents. <see cref="ApiGateMiddleware"/> has made all checks that come before the body.</summary>
internal sealed class SetupIntentEndpoints(ISetupIntentService service)
{
    // A list may have to scan very many rows. Keys take turns, so that a key that asks for many lists does not block the others.
    private readonly FairTurns<ApiKeyId> _lists = new(2 * Environment.ProcessorCount);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(
            ApiPaths.SetupIntents,
            new Operation(HttpMethods.Get, ApiKeyScopes.Read, ListAsync),
            new Operation(HttpMethods.Post, ApiKeyScopes.Tokenize, CreateAsync, TakesBody: true));
        routes.MapResource(
            ApiPaths.SetupIntent,
            new Operation(HttpMethods.Get, ApiKeyScopes.Read, GetAsync),
            new Operation(HttpMethods.Delete, ApiKeyScopes.Charge, DeleteAsync));
        routes.MapResource(ApiPaths.RefreshClientSecret, new Operation(HttpMethods.Post, ApiKeyScopes.Tokenize, RenewClientSecretAsync));
        routes.MapResource(ApiPaths.PublicSetupIntent, new Operation(HttpMethods.Get, Scope: null, GetPublicAsync));
        routes.MapResource(ApiPaths.PublicRefreshClientSecret, new Operation(HttpMethods.Post, Scope: null, RenewClientSecretPublicAsync));
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

        var caller = CallerOf(context);
        var validated = SetupIntentBody.Validate(body.Utf8, SetupIntentBody.RuleOf(caller.Tenant.Environment));
        using var request = validated.Value;
        RequestLogNote.Of(context).Accept(request);
        if (request is null)
        {
            await Problems.WriteAsync(context, validated.Refusal!);
            return;
        }

        var created = await service.CreateAsync(caller, request, idempotencyKey);
        if (created.IsSuccess && !request.IsOrdinary)
        {
            RequestLogNote.Of(context).Concern(created.Value);
            await JsonAnswer.WriteAsync(context, SetupIntentResponse.Of(created.Value), ApiJson.Default.SetupIntentResponse);
        }
        else
        {
            await WriteAsync(context, created.IsSuccess ? created.Value with { Events = [] } : created);
        }
    }

    private async Task GetAsync(HttpContext context) =>
        await WriteAsync(context, await service.GetAsync(CallerOf(context).Tenant, IdOf(context), context.RequestAborted));

    private async Task GetPublicAsync(HttpContext context) =>
        await WriteAsync(context, await service.GetPublicAsync(IdOf(context), context.RequestAborted));

    private async Task DeleteAsync(HttpContext context)
    {
        if (!QueryFlag.TryRead(context.Request.Query, "includeAuthorized", out var includeAuthorized, out var error))
        {
            await Problems.WriteAsync(context, error);
            return;
        }

        await WriteAsync(context, await service.DeleteAsync(CallerOf(context), IdOf(context), includeAuthorized));
    }

    private async Task RenewClientSecretAsync(HttpContext context) =>
        await WriteAsync(context, await service.RenewClientSecretAsync(CallerOf(context).Tenant, IdOf(context)));

    private async Task RenewClientSecretPublicAsync(HttpContext context) =>
        await WriteAsync(context, await service.RenewClientSecretPublicAsync(IdOf(context)));

    private async Task ListAsync(HttpContext context)
    {
        var read = SetupIntentQuery.Read(context.Request.Query);
        if (!read.IsSuccess)
        {
            await Problems.WriteAsync(context, read.Refusal);
            return;
        }

        var listed = await ListInTurnAsync(context.Features.Get<AuthenticatedKey>()!.Key, read.Value, context.RequestAborted);
        if (!listed.IsSuccess)
        {
            await Problems.WriteAsync(context, listed.Refusal);
            return;
        }

        var version = ApiVersion.Of(context);
        var page = new SetupIntentListResponse(
            [.. listed.Value.Items.Select(intent => SetupIntentFullResponse.Of(intent, version))], listed.Value.Before, listed.Value.After);
        await JsonAnswer.WriteAsync(context, page, ApiJson.Default.SetupIntentListResponse);
    }

    private async Task<Result<SetupIntentList>> ListInTurnAsync(ApiKey key, SetupIntentQuery query, CancellationToken ct)
    {
        await _lists.WaitAsync(key.Id, ct);
        try
        {
            return await service.ListAsync(key.Tenant, query.Filter, query.Limit, query.Before, query.After, ct);
        }
        finally
        {
            _lists.Release();
        }
    }

    private static Task WriteAsync(HttpContext context, Result<SetupIntent> result)
    {
        if (!result.IsSuccess)
        {
            return Problems.WriteAsync(context, result.Refusal);
        }

        RequestLogNote.Of(context).Concern(result.Value);
        return JsonAnswer.WriteAsync(context, SetupIntentFullResponse.Of(result.Value, ApiVersion.Of(context)), ApiJson.Default.SetupIntentFullResponse);
    }
}
