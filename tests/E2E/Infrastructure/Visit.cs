using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>The browser window of one test: its size and colour scheme, and the problems in it.</summary>
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

    /// <summary>Expects a complaint: past and future complaints that contain the text are ignored.</summary>
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
    /// <param name="screen">The window; the desktop's when null.</param>
    /// <param name="host">The host name to request the portal by; null for the address it listens at.</param>
    /// <param name="address">The address of the portal, over TLS with an untrusted certificate; null for where it listens.</param>
    /// <param name="session">Cookies to start with, as <see cref="SessionAsync"/> returned them; none when null.</param>
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

        // The browser does not always log a console error for a refused style, but always raises the event.
        await page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error(`Refused by policy: ${e.violatedDirective} ${e.blockedURI}`));");
        return visit;
    }

    /// <summary>Returns the cookies that sign another window in as the same member.</summary>
    public Task<string> SessionAsync() => _context.StorageStateAsync();

    /// <summary>Opens an address and waits until the circuit runs and handles clicks.</summary>
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

    /// <summary>Waits until the scripts of a page have run: it is visible before that, but does not yet handle keys.</summary>
    public Task UntilLoadedAsync() => Page.WaitForLoadStateAsync(LoadState.Load);

    /// <summary>Whether the page is wider than the window.</summary>
    public async Task<bool> ScrollsSidewaysAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Resizes the window. The page takes a moment to react; a page opened afterwards has the size from the start.</summary>
    public Task LookThroughAsync(Screen screen) => Page.SetViewportSizeAsync(screen.Width, screen.Height);

    /// <summary>Saves a screenshot of the whole page in <c>artifacts/screenshots</c> when requested, because rendering one takes as long as checking the page.</summary>
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
        // The browser aborts pending loads when the page navigates; that is not the page's fault.
        if (request.Failure is not null and not "net::ERR_ABORTED")
        {
            _complaints.Enqueue($"{request.Url}: {request.Failure}");
        }
    }
}

/// <summary>The window that shows a page.</summary>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="PrefersDark">Whether the operating system prefers dark colours.</param>
public sealed record Screen(int Width, int Height, bool PrefersDark = false)
{
    /// <summary>A desktop.</summary>
    public static Screen Desktop { get; } = new(1440, 900);

    /// <summary>A tablet in portrait orientation.</summary>
    public static Screen Tablet { get; } = new(768, 1024);

    /// <summary>A small phone.</summary>
    public static Screen Phone { get; } = new(375, 812);
}
