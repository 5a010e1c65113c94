using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>How long the requests of a tenant took.</summary>
public sealed partial class LogLatencyPage
{
    /// <summary>Summarizes the latencies.</summary>
    [Inject]
    public required IRequestInsight Insight { get; init; }

    /// <inheritdoc />
    protected override string Path => PortalUrls.LogLatency;

    /// <inheritdoc />
    protected override Task<Result<RequestLatencies>> LoadAsync(SignedInMember who) => Insight.ListLatenciesAsync(who, SelectedTenant.Of(Selected.Locations, Navigation.Uri).Tenant, From, Leaving);

    private LogQuery ListOf(RequestLatency row) => new() { Range = Range, Method = row.Method, Route = row.Route, Key = row.Key?.Id.Value };
}
