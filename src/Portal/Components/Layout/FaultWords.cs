using Dojo.Pci.Tokenization.Faults;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The words for the faults of a sandbox.</summary>
internal static class FaultWords
{
    /// <summary>Returns the label of a kind of fault on a form.</summary>
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

    /// <summary>Describes all faults of a plan in one line.</summary>
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

    /// <summary>Describes how many more requests, attempts or deliveries the faults apply to.</summary>
    public static string Left(ActiveFaults faults) =>
        $"{string.Join(", ", Enum.GetValues<FaultPlace>().Select(place => LeftAt(place, faults.LeftOf(place))).OfType<string>())} left";

    private static string? LeftAt(FaultPlace place, int? left) => left is null ? null : place switch
    {
        FaultPlace.Request => $"{left:N0} {(left == 1 ? "request" : "requests")}",
        FaultPlace.Attempt => $"{left:N0} {(left == 1 ? "attempt" : "attempts")} on cards",
        _ => $"{left:N0} {(left == 1 ? "delivery" : "deliveries")}",
    };
}
