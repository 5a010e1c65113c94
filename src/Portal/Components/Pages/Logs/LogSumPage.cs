using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A page that sums up a stretch of the log. The stretch stands in its address.</summary>
/// <typeparam name="T">What it shows.</typeparam>
public abstract class LogSumPage<T> : MemberPage, IDisposable
    where T : class
{
    private const string RangeParameter = "range";

    private readonly CancellationTokenSource _leaving = new();
    private (SelectedTenant Selected, LogRange Range)? _asked;

    /// <summary>What time it is.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The stretch of time.</summary>
    protected LogRange Range { get; private set; } = LogRange.Default;

    /// <summary>Where it begins now.</summary>
    protected DateTimeOffset From => Range.StartAt(Clock.GetUtcNow());

    /// <summary>What is shown; null while it is not known.</summary>
    protected T? Sum { get; set; }

    /// <summary>Why it is not.</summary>
    protected string? Fault { get; set; }

    /// <summary>The page's own path.</summary>
    protected abstract string Path { get; }

    /// <summary>Ends when the reader leaves.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for what is shown.</summary>
    protected abstract Task<Result<T>> LoadAsync(SignedInMember who);

    /// <inheritdoc />
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ShowAsync();

    /// <summary>Another stretch of time.</summary>
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
