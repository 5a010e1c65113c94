using Dojo.Pci.Tokenization.RequestExplorer;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A table of requests.</summary>
public sealed partial class LogTable
{
    private LogQuery? _shown;

    /// <summary>The requests.</summary>
    [Parameter, EditorRequired]
    public required LogListState List { get; set; }

    /// <summary>The filters, and the columns.</summary>
    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    /// <inheritdoc />
    protected override IReadOnlyList<RequestRow> Rows => List.Rows;

    /// <inheritdoc />
    protected override bool HasMore => List.After is not null;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown is not null && _shown != Query)
        {
            _shown = Query;
            await RefreshAsync();
        }

        _shown = Query;
    }

    private string AddressOf(RequestRow row) => PortalUrls.Log(Selected, row.Id, Query.Parameters);
}
