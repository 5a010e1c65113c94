using Dojo.Pci.Portal.Components;
using Dojo.Pci.Tests.Unit.ApiKeys;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Pages.ApiKeys;

/// <summary>The base of tests for pages about keys.</summary>
public abstract class KeyPageTest : VaultPageTest
{
    private protected KeyPageTest() => Role = MemberRole.Developer;

    private protected KeyKeepers House { get; private set; } = null!;

    private protected string Address => Navigation.Uri;

    private protected override TestVault Opened => House.Vault;

    private protected override Tenant Tenant => House.Tenant;

    private protected override async Task OpenVaultAsync()
    {
        House = await KeyKeepers.StartAsync(new FakeTimeProvider(Clock.GetUtcNow()));
        Services.AddSingleton(House.Keys);
        Services.AddSingleton(House.Insight);
        Services.AddScoped<UndoToasts>();
        Services.AddSingleton(House.Vault.Get<IMemberNotices>());
    }

    private protected override SignedInMember Member(MemberRole role) => House.Member(role);
}
