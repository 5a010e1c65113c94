using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class PlacesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("/?env=live", "env")]
    [InlineData("/tokens?env=live", "env")]
    [InlineData("/api-keys?location=nowhere", "location")]
    [InlineData("/activity?location=main-location&env=prod", "env")]
    public async Task An_address_of_a_place_that_is_not_there_shows_no_other_one_instead(string address, string parameter)
    {
        using var owner = await APerson.OwnerAsync(portal);

        var page = await owner.Browser.AskAsync(address);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("There is no such location or environment");
        page.Document.QuerySelector("main")!.TextContent.ShouldContain($"The parameter {parameter} of the address");
    }

    [Theory]
    [InlineData("/tokens?env=SANDBOX", "Tokens")]
    [InlineData("/tokens?env=&location=", "Tokens")]
    public async Task A_place_is_understood_in_any_case_and_an_empty_one_asks_for_none(string address, string heading)
    {
        using var owner = await APerson.OwnerAsync(portal);

        (await owner.Browser.AskAsync(address)).Document.QuerySelector("h1")!.TextContent.ShouldBe(heading);
    }

    [Theory]
    [InlineData("/activity?member=abc", "The parameter member of the address must be the number of a member.")]
    [InlineData("/activity?topic=everything", "The parameter topic of the address must be one of members, keys, tokens, settings, activity.")]
    [InlineData("/api-keys?status=on", "The parameter status of the address must be one of")]
    public async Task A_filter_of_any_page_that_makes_no_sense_is_said(string address, string said)
    {
        using var owner = await APerson.OwnerAsync(portal);

        var page = await owner.Browser.AskAsync(address);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Document.QuerySelector("main")!.TextContent.ShouldContain(said);
    }
}
