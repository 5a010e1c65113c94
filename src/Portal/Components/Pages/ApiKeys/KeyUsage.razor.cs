using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>How a key was used: how often, for what, from where, and what it could do and did not.</summary>
public sealed partial class KeyUsage
{
    /// <summary>The counts.</summary>
    [Parameter, EditorRequired]
    public required ApiKeyUsageReport Report { get; set; }

    /// <summary>Whether to offer that unused scopes are taken away.</summary>
    [Parameter]
    public bool MayNarrow { get; set; }

    /// <summary>Begins to take scopes away.</summary>
    [Parameter, EditorRequired]
    public required Func<ApiKeyScopes, Task> Narrow { get; set; }

    // A key that did nothing at all would be left with no scope: it is rather to be deleted. One that is young may be used for it tomorrow.
    private bool Narrows => !Report.IsYoung && Report.Operations.Any(operation => operation.Scope is { } scope && !Report.UnusedScopes.HasFlag(scope));

    private string UnusedTitle => Report.IsYoung ? "Granted and not used yet" : $"Granted and not used in {ApiKeyUsageReport.DaysCounted} days";

    private List<Bar> Bars => [.. Report.Days.Select(day => new Bar(ZonedTime.WriteShortDay(day.Day), day.Requests, day.Failed))];
}
