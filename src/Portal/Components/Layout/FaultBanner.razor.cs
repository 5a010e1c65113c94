using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Shows the faults set in the sandbox that a page is about. Shows nothing in production, or if there are none.</summary>
public sealed partial class FaultBanner : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(3);

    private ActiveFaults? _faults;
    private Tenant? _shown;
    private IDisposable? _looking;

    /// <summary>The location and environment that the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The signed-in member.</summary>
    [Parameter, EditorRequired]
    public required SignedInMember Who { get; set; }

    /// <summary>Reads the faults.</summary>
    [Inject]
    public required ISandboxFaults Faults { get; init; }

    /// <summary>Triggers the refreshes.</summary>
    [Inject]
    public required NoticeSignal Signal { get; init; }

    private bool MayManage => RoleTable.Allows(Who.Role, Operation.ManageSandbox);

    /// <inheritdoc />
    public void Dispose() => _looking?.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Selected.Tenant)
        {
            (_shown, _faults) = (Selected.Tenant, null);
            await LoadAsync();
        }
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _looking = Signal.LookAgain(RefreshEvery, () => InvokeAsync(RefreshAsync));
        }
    }

    private async Task RefreshAsync()
    {
        if (Selected.Environment == TenantEnvironment.Sandbox)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var tenant = Selected.Tenant;
            var faults = await Faults.PeekAsync(tenant);
            _faults = tenant == Selected.Tenant ? faults : _faults;
        }
        catch (UnavailableException)
        {
            // The page reports this where it matters; the next refresh may succeed.
        }
    }
}
