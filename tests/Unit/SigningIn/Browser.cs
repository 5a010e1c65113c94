using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>
/// Does with plain pages what a browser does: keeps cookies, follows redirects, sends forms as they are in the page.
/// </summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _portal;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public Browser(PortalFactory portal)
    {
        _client = new HttpClient(new TlsProxyHandler(portal)) { BaseAddress = portal.BaseAddress };
        _portal = new Uri(portal.PublicAddress);
        Origin = portal.PublicAddress;
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0");
    }

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>The page that it claims to post from.</summary>
    public string Origin { get; set; }

    /// <summary>The user agent that it sends.</summary>
    public string UserAgent
    {
        set
        {
            _client.DefaultRequestHeaders.Remove("User-Agent");
            _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", value);
        }
    }

    /// <summary>The cookies of the last answer, as they were set.</summary>
    public IReadOnlyList<string> LastSetCookies { get; private set; } = [];

    public void SetCookie(string name, string value) => _cookies[name] = value;

    /// <summary>Opens an address and follows redirects. The part behind "#" stays here, for the script of the page.</summary>
    public async Task<Page> OpenAsync(string address)
    {
        if (address.Split('#') is [var path, { Length: > 0 } fragment])
        {
            return await SubmitAsync(await OpenAsync(path), "open-link", ("Opened.Link", fragment));
        }

        var page = await SendAsync(HttpMethod.Get, address, content: null);
        for (var hops = 0; page.Location is { } location; hops++)
        {
            hops.ShouldBeLessThan(10, "redirects lead nowhere");
            page = await SendAsync(HttpMethod.Get, location, content: null);
        }

        return page;
    }

    /// <summary>Opens an address without following redirects.</summary>
    public Task<Page> AskAsync(string address) => SendAsync(HttpMethod.Get, address, content: null);

    public Task<Page> PostAsync(string address, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Submits one form of a page with the given input, and does not follow redirects.</summary>
    public Task<Page> SendFormAsync(Page page, string handler, params (string Name, string Value)[] typed)
    {
        var form = page.Document.QuerySelectorAll("form").SingleOrDefault(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == handler)
            ?? throw new InvalidOperationException($"The page \"{page.Title}\" ({page.Status}) has no form {handler}.");
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")).Where(field => typed.All(own => own.Name != field.Item1));
        return PostAsync(page.Address, [.. hidden, .. typed]);
    }

    /// <summary>Submits a form and follows redirects.</summary>
    public async Task<Page> SubmitAsync(Page page, string handler, params (string Name, string Value)[] typed)
    {
        var answer = await SendFormAsync(page, handler, typed);
        return answer.Location is { } location ? await OpenAsync(location) : answer;
    }

    public void Dispose() => _client.Dispose();

    // A redirect may contain an absolute address; the portal listens elsewhere than at its public address.
    private string PathOf(string address) => new Uri(_portal, address).PathAndQuery;

    private async Task<Page> SendAsync(HttpMethod method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, PathOf(address)) { Content = content };
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Origin", Origin);
        }

        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        LastSetCookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in LastSetCookies)
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            if (value.Length == 0)
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Page(address, answer.StatusCode, answer.Headers.Location?.OriginalString, answer.Headers.CacheControl?.ToString(), text)
        {
            Headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }
}

/// <summary>An answer to a browser.</summary>
internal sealed record Page(string Address, HttpStatusCode Status, string? Location, string? CacheControl, string Html)
{
    private IDocument? _document;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IDocument Document => _document ??= new HtmlParser().ParseDocument(Html);

    public string Title => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string? Error => Document.QuerySelector("main .mud-alert[role=alert]")?.TextContent.Trim();

    public IReadOnlyList<string> Faults => [.. Document.QuerySelectorAll("[id^=fault-]").Select(fault => fault.TextContent.Trim())];

    // Some redirects contain an absolute address.
    public string Path => new Uri(new Uri("http://portal"), Address).AbsolutePath;
}
