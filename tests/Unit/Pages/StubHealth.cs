using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Health checks whose answers, and their timing, the test controls.</summary>
internal sealed class StubHealth : HealthCheckService
{
    public int Runs { get; private set; }

    public Func<CancellationToken, Task<HealthReport>> Answer { get; set; } = _ => Task.FromResult(Report());

    public static HealthReport Report(params (string Name, HealthStatus Status)[] parts) => new(
        parts.ToDictionary(
            part => part.Name,
            part => new HealthReportEntry(part.Status, "disk /secret/path is full", TimeSpan.FromMilliseconds(12), new IOException("/secret/path"), null),
            StringComparer.Ordinal),
        TimeSpan.FromMilliseconds(15));

    public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
    {
        Runs++;
        return Answer(cancellationToken);
    }
}
