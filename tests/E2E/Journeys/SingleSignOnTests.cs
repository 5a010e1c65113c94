using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Dojo.Pci.Tests.Unit.SigningIn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Signing in through an identity provider, in a real browser between two real servers.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class SingleSignOnTests(PortalAndBrowser shared) : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dojo-pci-sso-");
    private IdentityProvider _provider = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var secretFile = Path.Combine(_directory.FullName, "client.secret");
        await File.WriteAllTextAsync(secretFile, IdentityProvider.ClientSecret, Ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secretFile, UnixFileMode.UserRead);
        }

        _provider = await IdentityProvider.StartAsync();
        _provider.AuthenticatedAt = () => DateTimeOffset.UtcNow;
        _portal = await PortalProcess.StartAsync(
            new PortalSettings
            {
                Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["SingleSignOn__Authority"] = _provider.Address,
                    ["SingleSignOn__ClientId"] = IdentityProvider.ClientId,
                    ["SingleSignOn__ClientSecretFile"] = secretFile,
                    ["SingleSignOn__DeveloperGroups"] = "portal-developers",
                },
            },
            Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _provider.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task From_a_page_to_the_provider_back_to_the_page_and_out_at_both()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, _portal, host: "localhost");
        await visit.Page.GotoAsync("/tokens");
        await new SignInPages(visit.Page).SingleSignOn.ClickAsync();

        await visit.UntilInteractiveAsync();
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Tokens");
        await Expect(visit.Page.GetByText("Ada Lovelace")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByText("You signed out.")).ToBeVisibleAsync();
        visit.Complaints.ShouldBeEmpty();
        await visit.Page.GotoAsync("/tokens");
        await Expect(new SignInPages(visit.Page).SingleSignOn).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_that_asks_is_accessible_and_fits_its_window_also_where_the_provider_does_not_answer()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, _portal, host: "localhost");
        foreach (var screen in Windows.All)
        {
            await visit.LookThroughAsync(screen);
            await visit.Page.GotoAsync(SignInPages.Address);
            await Accessibility.ShouldBeSoundAsync(visit, "sign-in-provider");
        }

        await _provider.DisposeAsync();
        await new SignInPages(visit.Page).SingleSignOn.ClickAsync();
        await Expect(new SignInPages(visit.Page).Error).ToBeVisibleAsync();
        await Accessibility.ShouldBeSoundAsync(visit, "sign-in-provider-away");
    }
}
