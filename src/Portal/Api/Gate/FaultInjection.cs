using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>Makes requests to a sandbox fail as its settings say, before anything is read or done.</summary>
internal sealed class FaultInjection(ISandboxFaults faults, TimeProvider clock)
{
    private const string Detail = "This fault is set for this sandbox. Nothing was done.";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Delays or fails a request.</summary>
    /// <returns>Whether the request has ended.</returns>
    public async ValueTask<bool> MeetAsync(HttpContext context, Tenant tenant)
    {
        var fault = await faults.DrawAsync(tenant, FaultPlace.Request);
        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, clock, context.RequestAborted);
        }

        switch (fault.Kind)
        {
            case null:
                return false;
            case FaultKind.Error:
                await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, Detail);
                break;
            case FaultKind.TooManyRequests:
                await Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, Detail, retryAfter: s_retryAfter);
                break;
            case FaultKind.Dropped:
                // Written only for the request log: the connection is already closed.
                context.Abort();
                await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Detail);
                break;
            default:
                await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, Detail, retryAfter: s_retryAfter);
                break;
        }

        return true;
    }
}
