using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Portal.Api.Health;

/// <summary>The health endpoints for monitoring: whether the process is alive, and whether it can tokenize.</summary>
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
        routes.MapHealthChecks(PortalUrls.HealthLive, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).WithMetadata(onlyReading).OpenToBrowsers();
        routes.MapHealthChecks(PortalUrls.HealthReady, new HealthCheckOptions { ResponseWriter = WriteAsync }).WithMetadata(onlyReading).OpenToBrowsers();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var failing = report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy).Select(entry => Explain(entry.Key, entry.Value)).ToArray();
        return failing.Length > 0
            ? Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"Not healthy: {string.Join(" Also: ", failing)}")
            : context.Response.WriteAsJsonAsync(new HealthResponse(report.Status.ToString()), ApiJson.Default.HealthResponse, cancellationToken: context.RequestAborted);
    }

    // A check's own description is meant for readers; the message of an exception may name files.
    private static string Explain(string part, HealthReportEntry entry) => entry.Exception is null ? $"{part}. {entry.Description}" : $"{part}.";

    private sealed class DatabaseHealthCheck(IVault vault) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await vault.CheckAsync() is { } outage ? HealthCheckResult.Unhealthy(outage.Message) : HealthCheckResult.Healthy();
    }

    private sealed class KeysHealthCheck(IVault vault) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(vault.HasKeys ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("They are not unwrapped."));
    }
}

/// <summary>The body of a health answer.</summary>
internal sealed record HealthResponse(string Status);
