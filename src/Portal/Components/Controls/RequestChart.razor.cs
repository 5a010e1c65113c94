using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.RequestExplorer;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// Shows requests over time as bars. Pressing a bar, or dragging over several, selects their period. For the keyboard the filters offer the same as
/// fields; a screen reader gets a table.
/// </summary>
public sealed partial class RequestChart : ZonedComponent
{
    private const int BarUnit = 10;
    private const int Height = 72;

    private int? _begin;
    private int _end;

    /// <summary>The bars; null until they are loaded.</summary>
    [Parameter, EditorRequired]
    public required RequestHistogram? Histogram { get; set; }

    /// <summary>The width of a bar, in words.</summary>
    [Parameter, EditorRequired]
    public required string BarWords { get; set; }

    /// <summary>Raised when the reader selects a period.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset From, DateTimeOffset Until)> OnChoose { get; set; }

    private string Hint(RequestHistogram histogram) => histogram.IsCapped
        ? string.Create(CultureInfo.InvariantCulture, $"Only the newest {histogram.Total:N0} requests are shown. Each bar is {BarWords}.")
        : $"Each bar is {BarWords}. Click one, or drag across several, to zoom in.";

    private bool IsBrushed(int bar) => _begin is { } begin && bar >= Math.Min(begin, _end) && bar <= Math.Max(begin, _end);

    private void Begin(int bar) => (_begin, _end) = (bar, bar);

    private void Extend(int bar) => _end = bar;

    private void Cancel() => _begin = null;

    private async Task EndAsync()
    {
        if (_begin is { } begin && Histogram is { } histogram && Math.Max(begin, _end) < histogram.Bars.Count)
        {
            _begin = null;
            await OnChoose.InvokeAsync((histogram.Bars[Math.Min(begin, _end)].From, histogram.Bars[Math.Max(begin, _end)].Until));
        }
    }

    private string TitleOf(RequestBar bar) =>
        string.Create(CultureInfo.InvariantCulture, $"{Zone.Write(bar.From)}: {bar.Total:N0} request{(bar.Total == 1 ? "" : "s")}, {bar.Refused:N0} refused, {bar.Failed:N0} failed");

    // From the bottom: failed, refused, succeeded. A count above zero always has a visible height.
    private IEnumerable<(string Class, string Y, string Height)> Parts(RequestBar bar)
    {
        var most = Math.Max(1, Histogram!.Bars.Max(one => one.Total));
        double bottom = Height;
        foreach (var (name, count) in new[] { ("failed", bar.Failed), ("refused", bar.Refused), ("good", bar.Succeeded) })
        {
            if (count > 0)
            {
                var height = Math.Max(1.5, (double)count / most * (Height - 6));
                bottom -= height;
                yield return (name, Number(bottom), Number(height));
            }
        }

        static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
