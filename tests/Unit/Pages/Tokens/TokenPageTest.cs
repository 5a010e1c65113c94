using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

/// <summary>Pages about tokens, in memory, over a real vault, as a member whose role the test chooses.</summary>
public abstract class TokenPageTest : PageTest, IAsyncLifetime
{
    private protected TokenVault Vault { get; private set; } = null!;

    private protected MemberRole Role { get; set; } = MemberRole.Owner;

    /// <summary>Whether the page listens already.</summary>
    private protected bool IsInteractive { get; set; } = true;

    private protected bool IsSignedIn { get; set; } = true;

    private protected SelectedTenant Selected { get; set; } = null!;

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public virtual async ValueTask InitializeAsync()
    {
        Vault = await TokenVault.OpenAsync();
        Selected = await PlaceAsync(TenantEnvironment.Sandbox);
        Services.AddSingleton<ICurrentMember>(new Reader(this));
        Services.AddSingleton(Vault.Get<ITokenBrowser>());
        Services.AddSingleton(Vault.Get<ITokenFeed>());
        Services.AddSingleton(Vault.Get<ITokenActions>());
        Services.AddSingleton<ISetupIntentJson>(new PlainJson());
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<SelectedTenant> PlaceAsync(TenantEnvironment environment)
    {
        var locations = await Vault.Get<IAccountStore>().ListLocationsAsync(Vault.Tenant.Account, Xunit.TestContext.Current.CancellationToken);
        return new SelectedTenant(locations[0], environment, locations);
    }

    private protected IRenderedComponent<T> Show<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent
    {
        SetRendererInfo(new RendererInfo(IsInteractive ? "Server" : "Static", IsInteractive));
        Navigation.NavigateTo(address);
        return Render<T>(builder =>
        {
            builder.AddCascadingValue(Selected);
            parameters?.Invoke(builder);
        });
    }

    private sealed class Reader(TokenPageTest test) : ICurrentMember
    {
        public ValueTask<SignedInMember?> FindAsync() => new(test.IsSignedIn ? test.Vault.Member(test.Role) : null);
    }

    private sealed class PlainJson : ISetupIntentJson
    {
        public string Write(SetupIntent intent) => $"{{ \"id\": \"{intent.Id}\" }}";
    }
}
