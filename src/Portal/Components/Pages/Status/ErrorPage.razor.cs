using Dojo.Pci.Portal.Logging;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Status;

/// <summary>
/// What a browser gets when the portal failed. A plain page without a circuit: whatever broke, this must not depend on it.
/// </summary>
public sealed partial class ErrorPage
{
    private string _traceId = "";

    /// <inheritdoc />
    protected override void OnInitialized() => _traceId = TraceIds.Current();
}
