using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>One portal and one browser shared by tests that change nothing; a test that stops the portal starts its own.</summary>
public sealed class PortalAndBrowser : IAsyncLifetime
{
    private readonly BrowserFixture _browser = new();

    /// <summary>The portal.</summary>
    public PortalProcess Portal { get; private set; } = null!;

    /// <summary>The browser; each test opens its own context in it.</summary>
    public IBrowser Browser => _browser.Browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        Portal = await PortalProcess.StartAsync(ct: TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }
    }
}

/// <summary>The tests that share <see cref="PortalAndBrowser"/>.</summary>
[CollectionDefinition(Name)]
public sealed class PortalAndBrowserTests : ICollectionFixture<PortalAndBrowser>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "portal and browser";
}

/// <summary>The tests that examine every page, on their own <see cref="PortalAndBrowser"/>, in parallel with the journeys.</summary>
[CollectionDefinition(Name)]
public sealed class PagesTests : ICollectionFixture<PortalAndBrowser>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "every page";
}

/// <summary>The tests of the documentation, also on their own instance.</summary>
[CollectionDefinition(Name)]
public sealed class DocsTests : ICollectionFixture<PortalAndBrowser>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "documentation";
}

/// <summary>The installed Chromium.</summary>
internal static class Chromium
{
    private const string Variable = "CHROMIUM_PATH";

    // The headless shell is the same engine without a window, which opens pages in half the time.
    private static readonly string[] s_usual = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        // Not a pause, but the limit for a failing expectation on a busy machine.
        Assertions.SetDefaultExpectTimeout(60_000);
        var path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : s_usual.FirstOrDefault(File.Exists, s_usual[0]);

        // Never skipped: a run without a browser that looks green would hide every broken page.
        File.Exists(path).ShouldBeTrue(
            $"These tests need Chromium, and there is none at {path}. Install it (apt-get install chromium-headless-shell) or point {Variable} to one.");
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"],
        });
    }
}
