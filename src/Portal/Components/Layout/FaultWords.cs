using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Faults of a sandbox in words.</summary>
internal static class FaultWords
{
    /// <summary>What a kind is called on a form.</summary>
    public static string LabelOf(FaultKind kind) => kind switch
    {
        FaultKind.Latency => "Latency (ms)",
        FaultKind.Error => "500 errors (%)",
        FaultKind.TooManyRequests => "429 refusals (%)",
        FaultKind.Unavailable => "503 refusals (%)",
        FaultKind.Dropped => "Lost connections (%)",
        FaultKind.Declined => "Declines (%)",
        FaultKind.Unknown => "Unknown outcomes (%)",
        _ => "Failed deliveries (%)",
    };

    /// <summary>All that goes wrong, in a line.</summary>
    public static string Describe(FaultPlan plan) => string.Join(", ", plan.Kinds.Select(kind => kind switch
    {
        FaultKind.Latency => $"{plan[kind]:N0} ms of latency",
        FaultKind.Error => $"{plan[kind]} % answered with 500",
        FaultKind.TooManyRequests => $"{plan[kind]} % answered with 429",
        FaultKind.Unavailable => $"{plan[kind]} % answered with 503",
        FaultKind.Dropped => $"{plan[kind]} % of connections lost",
        FaultKind.Declined => $"{plan[kind]} % declined by the acquirer",
        FaultKind.Unknown => $"{plan[kind]} % of outcomes unknown",
        _ => $"{plan[kind]} % of webhook deliveries failed",
    }));

    /// <summary>How many are still met.</summary>
    public static string Left(ActiveFaults faults) =>
        $"{string.Join(", ", Enum.GetValues<FaultPlace>().Select(place => LeftAt(place, faults.LeftOf(place))).OfType<string>())} left";

    private static string? LeftAt(FaultPlace place, int? left) => left is null ? null : place switch
    {
        FaultPlace.Request => $"{left:N0} {(left == 1 ? "request" : "requests")}",
        FaultPlace.Attempt => $"{left:N0} {(left == 1 ? "attempt" : "attempts")} on cards",
        _ => $"{left:N0} {(left == 1 ? "delivery" : "deliveries")}",
    };
}
