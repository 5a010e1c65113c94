using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>The controls of a sandbox: clock, sample data, faults, throwaway sandboxes, reset.</summary>
public sealed partial class SandboxPage
{
    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Selected.Environment == TenantEnvironment.Production)
        {
            Navigation.NotFound();
        }
    }
}
