using System.Xml;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>
/// <c>POST /sandbox/clock</c>, an extension of ours (DESIGN D18): moves the clock of the location's sandbox forward. Production keys
/// get 404.
/// </summary>
internal sealed class SandboxClockEndpoint(ISandboxClock clock)
{
    private static readonly BodyProperty<Request>[] s_members =
    [
        new("advance", (ref reader, request) => request.Advance(DurationProperty.Read(ref reader))),
        BodyProperties.Instant<Request>("set", (request, instant) => request.Set(instant)),
    ];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapResource(ApiPaths.SandboxClock, new Operation(HttpMethods.Post, ApiKeyScopes.SandboxClock, MoveAsync, TakesBody: true) { IsSandboxOnly = true });

    private async Task MoveAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var tenant = context.Features.Get<AuthenticatedKey>()!.Key.Tenant;
        var request = new Request();
        var moved = StrictJson.TryRead(body.Utf8, s_members, request, out var refusal)
            ? await request.MoveAsync(clock, tenant)
            : refusal!;
        await (moved.IsSuccess
            ? JsonAnswer.WriteAsync(context, SandboxClockResponse.Of(moved.Value), ApiJson.Default.SandboxClockResponse)
            : Problems.WriteAsync(context, moved.Refusal));
    }

    /// <summary>The body: either a duration to advance by or an instant to set, not both.</summary>
    private sealed class Request : BodyErrors
    {
        private CalendarDuration? _advance;
        private DateTimeOffset? _set;

        public void Set(DateTimeOffset instant) => _set = instant;

        public void Advance(CalendarDuration? duration)
        {
            _advance = duration;
            if (duration is null)
            {
                WrongType("Advance", "a duration in ISO 8601 format, such as P1M or PT1H30M, or whole seconds");
            }
        }

        public async Task<Result<SandboxTime>> MoveAsync(ISandboxClock clock, Tenant tenant)
        {
            if (Refusal is { } refusal)
            {
                return refusal;
            }

            return (_advance, _set) switch
            {
                ({ } advance, null) => await clock.AdvanceAsync(tenant, advance),
                (null, { } instant) => await clock.SetAsync(tenant, instant),
                _ => new Refusal.Invalid([new(Fields.Body, "The body must have exactly one of advance and set.")]),
            };
        }
    }
}

/// <summary>The sandbox's clock after the move.</summary>
internal sealed record SandboxClockResponse(DateTime Now, string Ahead)
{
    public static SandboxClockResponse Of(SandboxTime time) => new(time.Now.UtcDateTime, XmlConvert.ToString(time.Ahead));
}
