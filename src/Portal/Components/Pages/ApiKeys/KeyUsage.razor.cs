using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Shows how a key was used: how often, for which operations, from which addresses, and which scopes were not used.</summary>
public sealed partial class KeyUsage
{
    /// <summary>The counts.</summary>
    [Parameter, EditorRequired]
    public required ApiKeyUsageReport Report { get; set; }

    /// <summary>Whether to offer to remove unused scopes.</summary>
    [Parameter]
    public bool MayNarrow { get; set; }

    /// <summary>Starts to remove scopes.</summary>
    [Parameter, EditorRequired]
    public required Func<ApiKeyScopes, Task> Narrow { get; set; }

    // A key that did nothing would be left without a scope; it should be deleted instead. A young key may use its scopes later.
    private bool Narrows => !Report.IsYoung && Report.Operations.Any(operation => operation.Scope is { } scope && !Report.UnusedScopes.HasFlag(scope));

    private string UnusedTitle => Report.IsYoung ? "Granted but not used yet" : $"Granted but not used in {ApiKeyUsageReport.DaysCounted} days";

    private List<Bar> Bars => [.. Report.Days.Select(day => new Bar(ZonedTime.WriteShortDay(day.Day), day.Requests, day.Failed))];
}
