using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>
/// Runs the health checks once for all open pages: no matter how many visitors look, the checks run at most once per <see cref="FreshFor"/>. The
/// page is public, so otherwise anyone could make the portal probe its database at will.
/// </summary>
/// <param name="checks">The host's health checks.</param>
/// <param name="time">The clock.</param>
public sealed class HealthWatch(HealthCheckService checks, TimeProvider time)
{
    /// <summary>How long a result is shown before the checks run again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task<HealthSnapshot>? _running;
    private HealthSnapshot? _last;

    /// <summary>The last result if it is still fresh, otherwise null. Never waits.</summary>
    public HealthSnapshot? Latest => Fresh(Volatile.Read(ref _last));

    /// <summary>Returns a fresh result, and joins a run in progress. A run that fails or does not end is a result too.</summary>
    public Task<HealthSnapshot> ReadAsync()
    {
        lock (_gate)
        {
            if (Fresh(_last) is { } snapshot)
            {
                return Task.FromResult(snapshot);
            }

            return _running is { IsCompleted: false } ? _running : _running = RunAsync();
        }
    }

    private async Task<HealthSnapshot> RunAsync()
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        HealthSnapshot snapshot;
        try
        {
            // Both are needed: a check that honours the token stops, and one that does not is no longer awaited.
            var report = await checks.CheckHealthAsync(patience.Token).WaitAsync(s_patience, time, CancellationToken.None);
            snapshot = HealthSnapshot.Of(report, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            snapshot = HealthSnapshot.Unknown($"The checks did not answer within {s_patience.TotalSeconds:0} seconds.", time.GetUtcNow());
        }
#pragma warning disable CA1031 // Whatever keeps the checks from running is exactly what this page must show.
        catch (Exception)
#pragma warning restore CA1031
        {
            snapshot = HealthSnapshot.Unknown("The checks could not be run. The portal's log says why.", time.GetUtcNow());
        }

        Volatile.Write(ref _last, snapshot);
        return snapshot;
    }

    private HealthSnapshot? Fresh(HealthSnapshot? snapshot) =>
        snapshot is not null && time.GetUtcNow() - snapshot.At < FreshFor ? snapshot : null;
}

/// <summary>
/// The health of the portal at one moment, as far as the public may know: names and statuses. A check's description and exception are left out,
/// because they name paths and hosts.
/// </summary>
/// <param name="Status">The overall status.</param>
/// <param name="Checks">The parts, sorted by name.</param>
/// <param name="Trouble">Why there are no results; null if there are.</param>
/// <param name="At">When the checks ran.</param>
public sealed record HealthSnapshot(HealthStatus Status, IReadOnlyList<CheckedPart> Checks, string? Trouble, DateTimeOffset At)
{
    internal static HealthSnapshot Of(HealthReport report, DateTimeOffset at) =>
        new(report.Status, [.. report.Entries.Select(entry => new CheckedPart(entry.Key, entry.Value.Status, entry.Value.Duration)).OrderBy(part => part.Name, StringComparer.Ordinal)], null, at);

    internal static HealthSnapshot Unknown(string trouble, DateTimeOffset at) => new(HealthStatus.Unhealthy, [], trouble, at);
}

/// <summary>A part of the portal that was checked.</summary>
/// <param name="Name">The name that the check was registered with.</param>
/// <param name="Status">The status of the part.</param>
/// <param name="Took">How long the check took.</param>
public sealed record CheckedPart(string Name, HealthStatus Status, TimeSpan Took);
