using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Checks that no card number is in the log, and lists the stored results. Anyone who may read the log can run the check.</summary>
public sealed partial class LogCheckPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private SelectedTenant? _shown;
    private IReadOnlyList<RequestLogCheckResult>? _results;
    private string? _fault;
    private bool _isRunning;

    /// <summary>Runs the check.</summary>
    [Inject]
    public required IRequestLogCheck Check { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == Selected)
        {
            return;
        }

        _shown = Selected;
        await AskAsync(LoadAsync);
    }

    private async Task RunAsync()
    {
        _isRunning = true;
        await AskAsync(async () =>
        {
            _fault = (await AskAsync(who => Check.RunAsync(who, Selected.Tenant, _leaving.Token)))?.Refusal?.Message;
            await LoadAsync();
        });
        _isRunning = false;
    }

    private async Task LoadAsync()
    {
        var kept = await AskAsync(who => Check.ListAsync(who, Selected.Tenant, _leaving.Token));
        (_results, _fault) = (kept?.Value?.Results, _fault ?? kept?.Refusal?.Message);
    }

    private async Task AskAsync(Func<Task> ask)
    {
        _fault = null;
        try
        {
            await ask();
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (OperationCanceledException)
        {
            // The reader has left the page.
        }
    }
}
