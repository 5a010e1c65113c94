using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary><c>/sandbox/seeds</c>, an extension of ours: creates sample data. Production keys get 404.</summary>
internal sealed class SandboxSeedsEndpoints(ISandboxSeeds seeds)
{
    private static readonly Refusal s_none = new Refusal.NotFound("No sample data was made in this sandbox.");

    private static readonly BodyProperty<Request>[] s_members =
    [
        NumberProperty.Of<Request>("Size", (request, number) => request.Size = number),
        NumberProperty.Of<Request>("Seed", (request, number) => request.Seed = number),
    ];

    public void Map(IEndpointRouteBuilder routes) => routes.MapResource(
        ApiPaths.SandboxSeeds,
        new Operation(HttpMethods.Get, ApiKeyScopes.Sandbox, ReadAsync) { IsSandboxOnly = true },
        new Operation(HttpMethods.Post, ApiKeyScopes.Sandbox, BeginAsync, TakesBody: true) { IsSandboxOnly = true },
        new Operation(HttpMethods.Delete, ApiKeyScopes.Sandbox, StopAsync) { IsSandboxOnly = true });

    private async Task ReadAsync(HttpContext context) => await (await seeds.FindAsync(CallerOf(context).Tenant, context.RequestAborted) is { } run
        ? JsonAnswer.WriteAsync(context, SandboxSeedResponse.Of(run), ApiJson.Default.SandboxSeedResponse)
        : Problems.WriteAsync(context, s_none));

    private async Task BeginAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var request = new Request();
        var begun = !StrictJson.TryRead(body.Utf8, s_members, request, out var refusal) ? refusal!
            : request.Refusal is { } invalid ? invalid
            : await seeds.BeginAsync(CallerOf(context), new SeedWish(request.Size!.Value, request.Seed));
        await (begun.IsSuccess
            ? JsonAnswer.WriteAsync(context, SandboxSeedResponse.Of(begun.Value), ApiJson.Default.SandboxSeedResponse)
            : Problems.WriteAsync(context, begun.Refusal));
    }

    private async Task StopAsync(HttpContext context)
    {
        await seeds.StopAsync(CallerOf(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed class Request : BodyErrors
    {
        public int? Size { get; set; }

        public int Seed { get; set; } = 1;

        public override Refusal.Invalid? Refusal => base.Refusal ?? (Size is null ? new Refusal.Invalid([new("Size", "The Size field is required.")]) : null);
    }
}

/// <summary>A run that creates sample data, with its progress.</summary>
internal sealed record SandboxSeedResponse(string Status, int Size, int Seed, DateTime StartedAt, int Done, int Tokens, int Payments)
{
    public DateTime? EndedAt { get; init; }

    public static SandboxSeedResponse Of(SeedRun run) =>
        new(run.Status.ToString(), run.Wish.Size, run.Wish.Seed, run.StartedAt.UtcDateTime, run.Done, run.Tokens, run.Payments) { EndedAt = run.EndedAt?.UtcDateTime };
}
