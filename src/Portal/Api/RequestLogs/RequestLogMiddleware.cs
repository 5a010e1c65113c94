using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Portal.Api.RequestLogs;

/// <summary>
/// Records every request to the API for its tenant, once it is answered. It runs outside of <see cref="ErrorMiddleware"/>, so that it
/// sees the status that is really sent, even after a fault. What the client sent is checked against a closed list or scrubbed first.
/// </summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, IRequestLog log, ApiMetrics metrics, TimeProvider clock)
{
    /// <summary>Stands for the route if no resource has the path.</summary>
    public const string NoRoute = "(no such resource)";

    private const int LongestTraceId = 128;

    public async Task InvokeAsync(HttpContext context)
    {
        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        try
        {
            await next(context);
        }
        finally
        {
            var entry = EntryOf(context, at, clock.GetElapsedTime(started));
            metrics.Count(entry);
            if (context.Features.Get<RequestLogNote>() is not { IsOmitted: true })
            {
                log.TryRecord(entry);
            }
        }
    }

    private static RequestLogEntry EntryOf(HttpContext context, DateTimeOffset at, TimeSpan duration)
    {
        var key = context.Features.Get<AuthenticatedKey>()?.Key;
        var note = context.Features.Get<RequestLogNote>();
        return new RequestLogEntry
        {
            Tenant = key?.Tenant,
            Key = key?.Id,
            At = at,
            Method = RequestMethods.Known(context.Request.Method),
            Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute,
            Status = StatusOf(context),
            Duration = duration,
            Version = context.Response.Headers[ApiVersion.Header], // the resolved version, not the one that was sent
            TraceId = TraceIdOf(),
            ClientAddress = ClientAddress.Of(context),
            Refusal = note?.Refusal,
            Problem = note?.Problem,
            TokenId = note?.TokenId,
            PaymentId = note?.PaymentId,
            Body = note?.Body,
        };
    }

    // A caller that disconnected before the answer began got no status, although the response still has its initial 200.
    private static int StatusOf(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;

    private static string TraceIdOf()
    {
        var id = TraceIds.Current();
        return id.Length <= LongestTraceId ? id : id[..LongestTraceId];
    }
}
