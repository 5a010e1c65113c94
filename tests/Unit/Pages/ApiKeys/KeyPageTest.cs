using Bunit;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Tests.Unit.ApiKeys;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.ApiKeys;

/// <summary>Renders pages about keys on a vault of their own, for a member that the test chooses.</summary>
public abstract class KeyPageTest : PageTest, IAsyncLifetime
{
    private protected KeyKeepers House { get; private set; } = null!;

    private protected MemberRole Role { get; set; } = MemberRole.Developer;

    private protected TenantEnvironment Environment { get; set; }

    private SelectedTenant Selected { get; set; } = null!;

    private protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    public virtual async ValueTask InitializeAsync()
    {
        House = await KeyKeepers.StartAsync(new ManualClock(Clock.GetUtcNow()));
        var locations = await House.Vault.Get<IAccountStore>().ListLocationsAsync(House.Tenant.Account, Xunit.TestContext.Current.CancellationToken);
        Selected = new SelectedTenant(locations[0], Environment, locations);
        Services.AddSingleton<ICurrentMember>(new Current(() => House.Member(Role)));
        Services.AddSingleton(House.Keys);
        Services.AddSingleton(House.Insight);
        Services.AddSingleton(House.Vault.Get<INotices>());
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
