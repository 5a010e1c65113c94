using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A roll in progress: shows what still uses the old key, and retires it.</summary>
public sealed partial class KeyRollPanel : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(3);

    private string _at = "";
    private IReadOnlyList<FieldError> _faults = [];
    private PeriodicTimer? _timer;

    /// <summary>The key that the page is about.</summary>
    [Parameter, EditorRequired]
    public required ManagedApiKey Key { get; set; }

    /// <summary>The key's status.</summary>
    [Parameter, EditorRequired]
    public ApiKeyStatus Status { get; set; }

    /// <summary>Both keys' requests; null for a key that retires without a successor.</summary>
    [Parameter, EditorRequired]
    public RollMeter? Meter { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether to offer the actions that change the key.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Retires the key at an instant, null for now. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<DateTimeOffset?, Task<Refusal?>> Retire { get; set; }

    /// <summary>Undoes the retirement. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<Task<Refusal?>> BringBack { get; set; }

    /// <summary>Counts again, and renders the panel with the new counts.</summary>
    [Parameter, EditorRequired]
    public required Func<Task> Refresh { get; set; }

    /// <summary>The clock, which also times the refreshes.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Fault => _faults is [var first, ..] ? first.Message : null;

    private bool IsOld => Meter is not null && Key.Successor is not null;

    private long Scale => Meter is null ? 0 : Meter.Old.PerMinute.Concat(Meter.New.PerMinute).Max();

    private string Advice
    {
        get
        {
            if (Status == ApiKeyStatus.Retired)
            {
                return Key.CanComeBackAt(Clock.GetUtcNow())
                    ? "Requests with this key are refused. If something still needs it, bring it back: you can do so within 24 hours of its retirement."
                    : "Requests with this key are refused. It was retired too long ago to be brought back.";
            }

            if (Meter is null)
            {
                return "The key works until it retires. You can undo that until 24 hours after it retires.";
            }

            var old = Meter.Old.PerMinute.Sum();
            return old == 0
                ? $"Nothing has used the old key in the last {RollMeter.Minutes} minutes. If all your systems have been busy meanwhile, it is safe to retire."
                : $"The old key is still in use: {ApiKeyWords.Requests(old)} in the last {RollMeter.Minutes} minutes. Move what is listed below to the new key.";
        }
    }

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Meter is not null)
        {
            _timer = new PeriodicTimer(RefreshEvery, Clock);
            _ = RefreshAsync(_timer);
        }
    }

    private async Task RefreshAsync(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
        {
            await InvokeAsync(Refresh);
        }
    }

    private async Task RetireAsync(DateTimeOffset? at) => _faults = (await Retire(at) as Refusal.Invalid)?.Errors ?? [];

    private async Task RetireAtAsync()
    {
        if (Zone.TryReadInput(_at, out var at) && at is not null)
        {
            await RetireAsync(at);
        }
    }

    private async Task BringItBackAsync() => await BringBack();
}
