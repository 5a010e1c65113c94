using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Opens, saves and deletes the member's own views of the log.</summary>
public sealed partial class LogViewMenu
{
    private IReadOnlyList<RequestLogView> _views = [];
    private bool _isNaming;
    private bool _isManaging;
    private string? _name;
    private string? _fault;

    /// <summary>The query that the page shows.</summary>
    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    /// <summary>Stores the views.</summary>
    [Inject]
    public required IRequestLogViews Views { get; init; }

    // Read like any other address: a parameter that is no longer valid is dropped, never taken for another.
    private string AddressOf(RequestLogView view) => PortalUrls.In(Selected, PortalUrls.Logs, LogQuery.Read(QueryHelpers.ParseQuery(view.Query)).Query.Parameters);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? TakeAsync(who => Views.ListAsync(who, CancellationToken.None)) : Task.CompletedTask;

    private async Task SaveAsync()
    {
        var query = QueryHelpers.AddQueryString("", Query.Parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));
        await TakeAsync(who => Views.SaveAsync(who, _name, query, CancellationToken.None));
        _isNaming = _fault is not null;
        _name = _isNaming ? _name : null;
    }

    private Task DeleteAsync(RequestLogView view) => TakeAsync(who => Views.DeleteAsync(who, view.Id, CancellationToken.None));

    private async Task TakeAsync(Func<SignedInMember, Task<Result<RequestLogViews>>> ask)
    {
        try
        {
            var answer = await AskAsync(ask);
            _views = answer?.Value?.Views ?? _views;
            _fault = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message;
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
    }
}
