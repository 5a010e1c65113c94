using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>The browser window of one test: its size and colour scheme, and what went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly bool s_picturesAreAskedFor = Environment.GetEnvironmentVariable("PORTAL_TEST_PICTURES") == "1";

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentBag<string> _forgiven = [];
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    /// <summary>The one tab.</summary>
    public IPage Page { get; }

    /// <summary>Console errors, uncaught exceptions, refused loads (content security policy) and failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Expects a complaint: those that contain the text count for nothing from now on, nor do those of before.</summary>
    public void Forgive(string text)
    {
        _forgiven.Add(text);
        foreach (var complaint in _complaints.ToArray())
        {
            _complaints.TryDequeue(out _);
            Hear(this, complaint);
        }
    }

    /// <summary>Opens a window onto a portal.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="portal">The portal.</param>
    /// <param name="screen">The window; a desk's when null.</param>
    /// <param name="host">By which name the portal is asked for; null for the address it listens at.</param>
    /// <param name="address">Where the portal is to be found, over TLS with a certificate that nobody trusts; null for where it listens.</param>
    /// <param name="session">Cookies to come with, as <see cref="SessionAsync"/> gave them; none when null.</param>
    public static async Task<Visit> BeginAsync(IBrowser browser, PortalProcess portal, Screen? screen = null, string? host = null, string? session = null, string? address = null)
    {
        screen ??= Screen.Desktop;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address ?? (host is null ? portal.BaseAddress : new UriBuilder(portal.BaseAddress) { Host = host }.Uri).ToString(),
            IgnoreHTTPSErrors = address is not null,
            StorageState = session,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.PrefersDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(120_000);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += visit.Hear;
        page.PageError += visit.Hear;
        page.RequestFailed += visit.Hear;

        // A refused style is not always a console error; the event is.
        await page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error(`Refused by policy: ${e.violatedDirective} ${e.blockedURI}`));");
        return visit;
    }

    /// <summary>What makes another window one of the same member.</summary>
    public Task<string> SessionAsync() => _context.StorageStateAsync();

    /// <summary>Opens an address and waits until the circuit runs: from then on clicks are heard.</summary>
    public async Task OpenAsync(string address)
    {
        await Page.GotoAsync(address);
        await UntilInteractiveAsync();
    }

    /// <summary>Waits until the page's circuit runs.</summary>
    public async Task UntilInteractiveAsync()
    {
        await Page.Locator("main[data-interactive]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await UntilLoadedAsync();
    }

    /// <summary>Waits until the scripts of a page have run: it is shown before that, and hears no keys yet.</summary>
    public Task UntilLoadedAsync() => Page.WaitForLoadStateAsync(LoadState.Load);

    /// <summary>Whether anything is wider than the window.</summary>
    public async Task<bool> ScrollsSidewaysAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Makes the window as large as another. What the page does about that takes a moment; one that is opened now has the size from the start.</summary>
    public Task LookThroughAsync(Screen screen) => Page.SetViewportSizeAsync(screen.Width, screen.Height);

    /// <summary>Keeps a picture of the whole page in <c>artifacts/screenshots</c>, for people to look at: where they ask for it, because drawing a page takes as long as judging it.</summary>
    public async Task PictureAsync(string name)
    {
        if (s_picturesAreAskedFor)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(RepositoryPaths.Artifacts, "screenshots", $"{name}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Hear(object? sender, IConsoleMessage message)
    {
        if (message.Type == "error")
        {
            Hear(sender, message.Text);
        }
    }

    private void Hear(object? sender, string complaint)
    {
        if (!_forgiven.Any(text => complaint.Contains(text, StringComparison.Ordinal)))
        {
            _complaints.Enqueue(complaint);
        }
    }

    private void Hear(object? sender, IRequest request)
    {
        // The browser gives up what it was loading whenever the page moves on; that is no fault of the page.
        if (request.Failure is not null and not "net::ERR_ABORTED")
        {
            _complaints.Enqueue($"{request.Url}: {request.Failure}");
        }
    }
}

/// <summary>The window that a page is looked at through.</summary>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="PrefersDark">What the operating system asks for.</param>
public sealed record Screen(int Width, int Height, bool PrefersDark = false)
{
    /// <summary>A desk.</summary>
    public static Screen Desktop { get; } = new(1440, 900);

    /// <summary>A tablet held upright.</summary>
    public static Screen Tablet { get; } = new(768, 1024);

    /// <summary>A small phone.</summary>
    public static Screen Phone { get; } = new(375, 812);
}
