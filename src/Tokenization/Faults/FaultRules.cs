using System.Globalization;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>Validates faults, and describes them for the audit trail.</summary>
internal static class FaultRules
{
    private const int All = 100;

    /// <summary>Returns every broken rule.</summary>
    public static IReadOnlyList<FieldError> Validate(FaultPlan plan, FaultSpan span)
    {
        var errors = new List<FieldError>();
        foreach (var kind in Enum.GetValues<FaultKind>().Where(kind => plan[kind] < 0 || plan[kind] > FaultKinds.MostOf(kind)))
        {
            Add(FaultKinds.FieldOf(kind), $"must be from 0 to {Number(FaultKinds.MostOf(kind))}");
        }

        foreach (var place in Enum.GetValues<FaultPlace>())
        {
            FaultKind[] kinds = [.. plan.Kinds.Where(kind => kind != FaultKind.Latency && FaultKinds.PlaceOf(kind) == place)];
            if (errors.Count == 0 && kinds.Sum(kind => plan[kind]) > All)
            {
                Add(FaultKinds.FieldOf(kinds[^1]), $"and what comes before it, {string.Join(", ", kinds[..^1].Select(FaultKinds.FieldOf))}, must add up to at most 100");
            }
        }

        if (span.Requests is < 1 or > FaultSpan.MostRequests)
        {
            Add("Requests", $"must be from 1 to {Number(FaultSpan.MostRequests)}");
        }

        if (span.Minutes is < 1 or > FaultSpan.MostMinutes)
        {
            Add("Minutes", $"must be from 1 to {Number(FaultSpan.MostMinutes)}");
        }

        if (span.Requests is null == span.Minutes is null)
        {
            errors.Add(new FieldError("Body", "The body must have exactly one of requests and minutes."));
        }

        if (errors.Count == 0 && !plan.Kinds.Any())
        {
            errors.Add(new FieldError("Body", "The body must have at least one fault that is more than 0."));
        }

        return errors;

        void Add(string field, string rule) => errors.Add(new FieldError(field, $"The {field} field {rule}."));
    }

    /// <summary>Describes faults for the audit trail.</summary>
    public static string Describe(FaultPlan plan, FaultSpan span) =>
        $"{string.Join(", ", plan.Kinds.Select(kind => $"{kind} {plan[kind]} {(kind == FaultKind.Latency ? "ms" : "%")}"))}, for {(span.Requests is { } requests ? $"{requests} requests" : $"{span.Minutes} minutes")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
