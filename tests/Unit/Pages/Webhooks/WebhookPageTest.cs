using Bunit;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.Webhooks;

/// <summary>Renders pages about webhooks over their own delivering vault, for a member that the test chooses.</summary>
public abstract class WebhookPageTest : PageTest, IAsyncLifetime
{
    private protected WebhookKeepers House { get; private set; } = null!;

    private protected MemberRole Role { get; set; } = MemberRole.Developer;

    private protected TenantEnvironment Environment { get; set; }

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private SelectedTenant Selected { get; set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        House = await WebhookKeepers.StartAsync(Clock);
        var locations = await House.Vault.Get<IAccountStore>().ListLocationsAsync(House.Tenant.Account, Xunit.TestContext.Current.CancellationToken);
        Selected = new SelectedTenant(locations[0], Environment, locations);
        Services.AddSingleton<ICurrentMember>(new Current(() => House.Member(Role)));
        Services.AddSingleton(House.Webhooks);
        Services.AddSingleton(House.History);
        Services.AddScoped<Dojo.Pci.Portal.Components.UndoToasts>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected IRenderedComponent<T> Open<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent => Render<T>(page =>
    {
        page.AddCascadingValue(Selected with { Environment = Environment });
        parameters?.Invoke(page);
    });

    private sealed class Current(Func<SignedInMember> who) : ICurrentMember
    {
        public ValueTask<SignedInMember?> FindAsync() => ValueTask.FromResult<SignedInMember?>(who());
    }
}
