using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The pages below <c>/tokens</c>.</summary>
internal sealed class TokenPages(IPage page)
{
    public const string Address = "/tokens";

    public ILocator Rows => page.GetByTestId("token");

    public ILocator Search => page.GetByRole(AriaRole.Searchbox, new() { Name = "Search by reference or token" });

    public ILocator StatusFilter => page.GetByTestId("status-filter");

    public ILocator Count => page.GetByTestId("count");

    public ILocator Pill => page.GetByTestId("pill");

    public ILocator TokenId => page.GetByTestId("token-id");

    public ILocator Timeline => page.GetByTestId("timeline");

    public ILocator End => page.GetByTestId("end");

    public ILocator ConfirmEnd => page.GetByTestId("end-confirm");

    public ILocator CreateTestToken => page.GetByTestId("create");

    public ILocator TestReference => page.GetByTestId("test-reference");

    public ILocator CreateIt => page.GetByTestId("test-create");

    public ILocator RowOf(string reference) => Rows.Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = reference, Exact = true }) });
}
