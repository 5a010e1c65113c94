using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A page that summarizes a period of the log. The period is in its address.</summary>
/// <typeparam name="T">The summary that the page shows.</typeparam>
public abstract class LogSumPage<T> : MemberPage, IDisposable
    where T : class
{
    private const string RangeParameter = "range";

    private readonly CancellationTokenSource _leaving = new();
    private (SelectedTenant Selected, LogRange Range)? _asked;

    /// <summary>Provides the current time.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The selected period.</summary>
    protected LogRange Range { get; private set; } = LogRange.Default;

    /// <summary>Where the period begins now.</summary>
    protected DateTimeOffset From => Range.StartAt(Clock.GetUtcNow());

    /// <summary>The summary; null until it is loaded.</summary>
    protected T? Sum { get; set; }

    /// <summary>Why the summary could not be loaded; null if it was.</summary>
    protected string? Fault { get; set; }

    /// <summary>The path of the page.</summary>
    protected abstract string Path { get; }

    /// <summary>Canceled when the reader leaves the page.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Loads the summary.</summary>
    protected abstract Task<Result<T>> LoadAsync(SignedInMember who);

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ShowAsync();

    /// <summary>Navigates to another period.</summary>
    protected void MoveTo(LogRange range) => Navigation.NavigateTo(PortalUrls.In(Selected, Path, (RangeParameter, range == LogRange.Default ? null : range.Name)));

    private void OnLocationChanged(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == Path)
        {
            _ = InvokeAsync(async () =>
            {
                await ShowAsync();
                StateHasChanged();
            });
        }
    }

    private async Task ShowAsync()
    {
        Range = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).TryGetValue(RangeParameter, out var name) && LogRange.Named(name.ToString()) is { } named ? named : LogRange.Default;
        var selected = SelectedTenant.Of(Selected.Locations, Navigation.Uri);
        if (!RendererInfo.IsInteractive || _asked == (selected, Range))
        {
            return;
        }

        _asked = (selected, Range);
        Sum = null;
        try
        {
            var answer = await AskAsync(LoadAsync);
            (Sum, Fault) = (answer?.Value, answer?.Refusal?.Message);
        }
        catch (UnavailableException fault)
        {
            Fault = fault.Message;
        }
    }
}
