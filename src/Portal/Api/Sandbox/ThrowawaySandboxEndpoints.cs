using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>
/// <c>/sandbox/sandboxes</c>, an extension of ours: throwaway sandboxes, each with its own API key. Production keys get 404.
/// </summary>
internal sealed class ThrowawaySandboxEndpoints(ISandboxes sandboxes)
{
    private static readonly BodyProperty<Request>[] s_members = [new("lifetime", (ref reader, request) => request.Lifetime(DurationProperty.Read(ref reader)))];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(
            ApiPaths.ThrowawaySandboxes,
            new Operation(HttpMethods.Get, ApiKeyScopes.Sandbox, ListAsync) { IsSandboxOnly = true },
            new Operation(HttpMethods.Post, ApiKeyScopes.Sandbox, CreateAsync, TakesBody: true) { IsSandboxOnly = true });
        routes.MapResource(ApiPaths.ThrowawaySandbox, new Operation(HttpMethods.Delete, ApiKeyScopes.Sandbox, RemoveAsync) { IsSandboxOnly = true });
    }

    private async Task ListAsync(HttpContext context)
    {
        var list = await sandboxes.ListAsync(CallerOf(context).Tenant, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, [.. list.Select(sandbox => ThrowawaySandboxResponse.Of(sandbox))], ApiJson.Default.ThrowawaySandboxResponseArray);
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var request = new Request();
        var made = !StrictJson.TryRead(body.Utf8, s_members, request, out var refusal) ? refusal!
            : request.Refusal is { } invalid ? invalid
            : await sandboxes.CreateAsync(context.Features.Get<AuthenticatedKey>()!.Key, ClientAddress.Of(context), request.Asked);
        await (made.IsSuccess
            ? JsonAnswer.WriteAsync(context, ThrowawaySandboxResponse.Of(made.Value.Sandbox) with { SecretKey = made.Value.Secret.Reveal() }, ApiJson.Default.ThrowawaySandboxResponse)
            : Problems.WriteAsync(context, made.Refusal));
    }

    private async Task RemoveAsync(HttpContext context)
    {
        if (await sandboxes.RemoveAsync(CallerOf(context), IdOf(context)) is { } refusal)
        {
            await Problems.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed class Request : BodyErrors
    {
        public TimeSpan? Asked { get; private set; }

        public void Lifetime(CalendarDuration? lifetime)
        {
            // A lifetime is limited in seconds, and a month has no fixed length.
            Asked = lifetime is { Months: 0 } known ? known.Time : null;
            if (Asked is null)
            {
                WrongType("Lifetime", "a duration in ISO 8601 format without months and years, such as PT1H, or whole seconds");
            }
        }
    }
}

/// <summary>A throwaway sandbox. Its key is shown once, when it is created.</summary>
internal sealed record ThrowawaySandboxResponse(string Id, DateTime CreatedAt, DateTime ExpiresAt)
{
    public string? SecretKey { get; init; }

    public static ThrowawaySandboxResponse Of(ThrowawaySandbox sandbox) => new(sandbox.Id, sandbox.CreatedAt.UtcDateTime, sandbox.VanishesAt.UtcDateTime);
}
