using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>Empties a sandbox, once the name of its location was typed, and shows how far that is.</summary>
public sealed partial class ResetPanel
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);

    private const double Whole = 100;

    private ResetProgress? _progress;
    private bool _wasAsked;
    private string _typed = "";
    private string? _trouble;
    private PeriodicTimer? _timer;

    /// <summary>Empties it.</summary>
    [Inject]
    public required ISandboxControls Controls { get; init; }

    /// <summary>When to look again.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ReadAsync();

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender) => Watch();

    private static double ShareOf(ResetProgress progress) => progress.Tokens == 0 ? Whole : Math.Min(Whole, progress.Erased * Whole / progress.Tokens);

    private async Task ResetAsync()
    {
        var answer = await AskAsync(async who => await Controls.ResetAsync(who, Selected.Tenant, _typed) is { } refusal ? refusal : (Result<SignedInMember>)who);
        _typed = "";
        _trouble = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message;
        _wasAsked = answer is { IsSuccess: true };
        await ReadAsync();
    }

    private void Watch()
    {
        if (_progress is not null && _timer is null)
        {
            _wasAsked = true;
            _timer = new PeriodicTimer(RefreshEvery, Time);
            _ = WatchAsync(_timer);
        }
    }

    private async Task WatchAsync(PeriodicTimer timer)
    {
        while (_progress is not null && await timer.WaitForNextTickAsync())
        {
            await InvokeAsync(async () =>
            {
                await ReadAsync();
                StateHasChanged();
            });
        }

        timer.Dispose();
        _timer = null;
    }

    private async Task ReadAsync()
    {
        try
        {
            var answer = await AskAsync(who => Controls.ReadAsync(who, Selected.Tenant, CancellationToken.None));
            _progress = answer?.Value?.Reset;
        }
        catch (UnavailableException)
        {
            // It goes on; the next look may succeed.
        }
    }
}
