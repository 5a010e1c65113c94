using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Portal.Api;

/// <summary>For whoever watches the process: whether it lives, and whether it can tokenize.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database")
            .AddCheck<KeysHealthCheck>("keys");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var onlyReading = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        routes.MapHealthChecks(PortalUrls.HealthLive, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).WithMetadata(onlyReading);
        routes.MapHealthChecks(PortalUrls.HealthReady, new HealthCheckOptions { ResponseWriter = WriteAsync }).WithMetadata(onlyReading);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var failing = report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy).Select(entry => entry.Key).ToArray();
        return failing.Length > 0
            ? Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"Not healthy: {string.Join(", ", failing)}.")
            : context.Response.WriteAsJsonAsync(new HealthResponse(report.Status.ToString()), ApiJson.Default.HealthResponse, cancellationToken: context.RequestAborted);
    }

    private sealed class DatabaseHealthCheck(IVault vault) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await vault.CanWriteAsync() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }

    private sealed class KeysHealthCheck(IVault vault) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(vault.HasKeys ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}

/// <summary>The body of a health answer.</summary>
internal sealed record HealthResponse(string Status);
