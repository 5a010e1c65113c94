using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary><c>/sandbox/faults</c>, an extension of ours: the faults that the sandbox injects on purpose. Production keys get 404.</summary>
internal sealed class SandboxFaultsEndpoints(ISandboxFaults faults)
{
    private static readonly BodyProperty<Request>[] s_members =
    [
        .. Enum.GetValues<FaultKind>().Select(kind => NumberProperty.Of<Request>(FaultKinds.FieldOf(kind), (request, number) => request.Amounts[kind] = number)),
        NumberProperty.Of<Request>("Requests", (request, number) => request.Requests = number),
        NumberProperty.Of<Request>("Minutes", (request, number) => request.Minutes = number),
    ];

    public void Map(IEndpointRouteBuilder routes) => routes.MapResource(
        ApiPaths.SandboxFaults,
        new Operation(HttpMethods.Get, ApiKeyScopes.Sandbox, ReadAsync) { IsSandboxOnly = true },
        new Operation(HttpMethods.Put, ApiKeyScopes.Sandbox, SetAsync, TakesBody: true) { IsSandboxOnly = true },
        new Operation(HttpMethods.Delete, ApiKeyScopes.Sandbox, ClearAsync) { IsSandboxOnly = true });

    private async Task ReadAsync(HttpContext context) => await JsonAnswer.WriteAsync(
        context, SandboxFaultsResponse.Of(await faults.FindAsync(CallerOf(context).Tenant, context.RequestAborted)), ApiJson.Default.SandboxFaultsResponse);

    private async Task SetAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var request = new Request();
        var set = !StrictJson.TryRead(body.Utf8, s_members, request, out var refusal) ? refusal!
            : request.Refusal is { } invalid ? invalid
            : await faults.SetAsync(CallerOf(context), new FaultPlan(request.Amounts), new FaultSpan(request.Requests, request.Minutes));
        await (set.IsSuccess
            ? JsonAnswer.WriteAsync(context, SandboxFaultsResponse.Of(set.Value), ApiJson.Default.SandboxFaultsResponse)
            : Problems.WriteAsync(context, set.Refusal));
    }

    private async Task ClearAsync(HttpContext context)
    {
        await faults.ClearAsync(CallerOf(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed class Request : BodyErrors
    {
        public Dictionary<FaultKind, int> Amounts { get; } = [];

        public int? Requests { get; set; }

        public int? Minutes { get; set; }
    }
}

/// <summary>The current faults of a sandbox.</summary>
internal sealed record SandboxFaultsResponse(
    bool Active,
    int LatencyMilliseconds,
    int ErrorPercent,
    int TooManyRequestsPercent,
    int UnavailablePercent,
    int DroppedPercent,
    int DeclinedPercent,
    int UnknownPercent,
    int WebhookFailurePercent)
{
    public DateTime? EndsAt { get; init; }

    public int? RequestsLeft { get; init; }

    public int? AttemptsLeft { get; init; }

    public int? DeliveriesLeft { get; init; }

    public static SandboxFaultsResponse Of(ActiveFaults? faults)
    {
        var plan = faults?.Plan ?? new FaultPlan(new Dictionary<FaultKind, int>());
        return new(
            faults is not null,
            plan[FaultKind.Latency],
            plan[FaultKind.Error],
            plan[FaultKind.TooManyRequests],
            plan[FaultKind.Unavailable],
            plan[FaultKind.Dropped],
            plan[FaultKind.Declined],
            plan[FaultKind.Unknown],
            plan[FaultKind.WebhookFailure])
        {
            EndsAt = faults?.EndsAt?.UtcDateTime,
            RequestsLeft = faults?.RequestsLeft,
            AttemptsLeft = faults?.AttemptsLeft,
            DeliveriesLeft = faults?.DeliveriesLeft,
        };
    }
}
