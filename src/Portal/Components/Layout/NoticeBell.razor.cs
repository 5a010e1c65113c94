using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Shows on every page how many notices of the tenant the member has not dismissed.</summary>
public sealed partial class NoticeBell : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(30);

    private int _open;
    private Tenant? _counted;
    private IDisposable? _looking;

    /// <summary>The signed-in member.</summary>
    [Parameter, EditorRequired]
    public required SignedInMember Who { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Lists the notices.</summary>
    [Inject]
    public required IMemberNotices Notices { get; init; }

    /// <summary>Triggers another count.</summary>
    [Inject]
    public required NoticeSignal Signal { get; init; }

    private string Label => _open switch
    {
        0 => "Notices",
        1 => "1 notice",
        _ => $"{_open} notices",
    };

    /// <inheritdoc />
    public void Dispose()
    {
        Signal.Changed -= OnChanged;
        _looking?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Signal.Changed += OnChanged;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_counted != Selected.Tenant)
        {
            (_counted, _open) = (Selected.Tenant, 0);
            await CountAsync();
        }
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _looking = Signal.LookAgain(RefreshEvery, () => InvokeAsync(CountAgainAsync));
        }
    }

    private void OnChanged(object? sender, EventArgs changed) => _ = InvokeAsync(CountAgainAsync);

    private async Task CountAgainAsync()
    {
        await CountAsync();
        StateHasChanged();
    }

    private async Task CountAsync()
    {
        try
        {
            var tenant = Selected.Tenant;
            var notices = await Notices.ListAsync(Who, tenant, CancellationToken.None);
            _open = tenant == _counted && notices.IsSuccess ? notices.Value.Open.Count() : _open;
        }
        catch (UnavailableException)
        {
            // The previous number stays.
        }
    }
}
