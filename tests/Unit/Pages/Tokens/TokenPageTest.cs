using Bunit;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.Tokens;

/// <summary>The base of tests for pages about tokens.</summary>
public abstract class TokenPageTest : VaultPageTest
{
    private protected TokenVault Vault { get; private set; } = null!;

    /// <summary>Whether the page is already interactive.</summary>
    private protected bool IsInteractive { get; set; } = true;

    private protected override TestVault Opened => Vault.Vault;

    private protected override Tenant Tenant => Vault.Tenant;

    private protected override async Task OpenVaultAsync()
    {
        Vault = await TokenVault.OpenAsync();
        await Vault.ExecuteAsync($"INSERT INTO members (id, account_id, handle, email, email_key, name, role, password_hash, created_at, active_since) VALUES (7, {Vault.Tenant.Account.Value}, 'h', 'ada@example.com', 'ada@example.com', 'Ada Lovelace', 'Owner', 'x', 0, 0)");
        Services.AddSingleton(Vault.Get<IMemberPreferences>());
        Services.AddSingleton(Vault.Get<ITokenBrowser>());
        Services.AddSingleton(Vault.Get<ITokenFeed>());
        Services.AddSingleton(Vault.Get<ITokenActions>());
        Services.AddSingleton<ISetupIntentJson>(new PlainJson());
    }

    private protected override SignedInMember Member(MemberRole role) => Vault.Member(role);

    private protected IRenderedComponent<T> Show<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent
    {
        SetRendererInfo(new RendererInfo(IsInteractive ? "Server" : "Static", IsInteractive));
        Navigation.NavigateTo(address);
        return Open(parameters);
    }

    private sealed class PlainJson : ISetupIntentJson
    {
        public string Write(SetupIntent intent) => $"{{ \"id\": \"{intent.Id}\" }}";
    }
}
