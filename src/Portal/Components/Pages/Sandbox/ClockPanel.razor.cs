using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>The clock of a sandbox: its time, what falls due before another time, and what happened when it moved.</summary>
public sealed partial class ClockPanel
{
    private DateTimeOffset? _now;
    private TimeSpan _ahead;
    private DateTimeOffset? _asked;
    private DueCounts? _due;
    private ClockMove? _moved;
    private string? _typed;
    private string? _trouble;
    private bool _isBusy;

    /// <summary>Reads and moves the clock.</summary>
    [Inject]
    public required ISandboxControls Controls { get; init; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        if (await AskAsync(who => Controls.ReadAsync(who, Selected.Tenant, CancellationToken.None)) is { } answer)
        {
            (_now, _ahead, _trouble) = (answer.Value?.Time.Now, answer.Value?.Time.Ahead ?? default, answer.Refusal?.Message);
        }
    }

    // Starts from the clock's current time, which has advanced since the page was opened.
    private async Task AskAsync(CalendarDuration by)
    {
        await ReadAsync();
        if (_now is { } now && by.TryAddTo(now, out var to))
        {
            await PreviewAsync(to);
        }
    }

    private async Task AskForDateAsync()
    {
        if (Zone.TryReadInput(_typed, out var to) && to is { } instant)
        {
            await PreviewAsync(instant);
        }
        else
        {
            _trouble = "Choose a date and a time.";
        }
    }

    private async Task PreviewAsync(DateTimeOffset to)
    {
        _moved = null;
        if (to <= _now)
        {
            _trouble = "The clock only goes forward: choose a later time.";
        }
        else if (await AskAsync(who => Controls.PreviewAsync(who, Selected.Tenant, to, CancellationToken.None)) is { } answer)
        {
            (_due, _asked, _trouble) = (answer.Value, answer.IsSuccess ? to : null, answer.Refusal?.Message);
        }
    }

    private async Task MoveAsync()
    {
        _isBusy = true;
        var answer = await AskAsync(who => Controls.MoveClockAsync(who, Selected.Tenant, _asked!.Value));
        (_isBusy, _asked) = (false, null);
        _moved = answer?.Value;
        await ReadAsync();
        _trouble = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message ?? _trouble;
        _typed = null;
    }
}
