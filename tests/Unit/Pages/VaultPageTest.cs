using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Renders pages in memory over a real vault, as a member whose role the test chooses.</summary>
public abstract class VaultPageTest : PageTest, IAsyncLifetime, ICurrentMember
{
    private protected MemberRole Role { get; set; } = MemberRole.Owner;

    private protected bool IsSignedIn { get; set; } = true;

    private protected SelectedTenant Selected { get; set; } = null!;

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private protected abstract TestVault Opened { get; }

    private protected abstract Tenant Tenant { get; }

    public virtual async ValueTask InitializeAsync()
    {
        await OpenVaultAsync();
        Selected = await PlaceAsync(TenantEnvironment.Sandbox);
        Services.AddSingleton<ICurrentMember>(this);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Opened.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    ValueTask<SignedInMember?> ICurrentMember.FindAsync() => new(IsSignedIn ? Member(Role) : null);

    /// <summary>Opens the vault, and registers the services that the pages need.</summary>
    private protected abstract Task OpenVaultAsync();

    private protected abstract SignedInMember Member(MemberRole role);

    private protected async Task<SelectedTenant> PlaceAsync(TenantEnvironment environment)
    {
        var locations = await Opened.Get<IAccountStore>().ListLocationsAsync(Tenant.Account, Xunit.TestContext.Current.CancellationToken);
        return new SelectedTenant(locations[0], environment, locations);
    }

    private protected IRenderedComponent<T> Open<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent => Render<T>(page =>
    {
        page.AddCascadingValue(Selected);
        parameters?.Invoke(page);
    });
}
