using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A request: what was sent and answered, why it was refused, and what is related to it. Its address repeats the filters of its list.</summary>
public sealed partial class LogDetailPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private (SelectedTenant Selected, long Id)? _shown;
    private LogQuery _query = new();
    private RequestDetail? _detail;
    private string? _fault;
    private bool _isMissing;

    /// <summary>The request's number in the log.</summary>
    [Parameter, EditorRequired]
    public long Id { get; set; }

    /// <summary>Finds the request.</summary>
    [Inject]
    public required IRequestExplorer Explorer { get; init; }

    /// <summary>Provides the current time.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private string ListAddress => PortalUrls.In(Selected, PortalUrls.Logs, _query.Parameters);

    private string Curl => LogCurl.Of(_detail!.Row.Entry, Navigation.BaseUri, Clock.GetUtcNow());

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == (Selected, Id))
        {
            return;
        }

        _shown = (Selected, Id);
        (var query, var misread) = LogQuery.Read(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query));
        _query = misread.Count == 0 ? query : new LogQuery(); // the request is shown even if the filters are invalid
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var found = await AskAsync(who => Explorer.FindAsync(who, Selected.Tenant, Id, _query.ToSearch(Clock.GetUtcNow()).Search, _leaving.Token));
            (_detail, _fault) = (found?.Value, null);
            _isMissing = found?.Refusal is not null;
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
    }

    private string? AddressOf(RequestRow? row) => row is null ? null : PortalUrls.Log(Selected, row.Id, _query.Parameters);
}
