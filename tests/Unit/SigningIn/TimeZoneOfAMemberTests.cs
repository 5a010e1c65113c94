using System.Net;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class TimeZoneOfAMemberTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string ZoneCookie = "portal-zone";

    [Fact]
    public async Task Times_are_in_UTC_until_the_browser_says_its_zone_and_in_the_chosen_one_from_then_on()
    {
        using var person = await APerson.OwnerAsync(portal);
        (await SessionTimeAsync(person)).ShouldEndWith(" UTC");

        person.Browser.SetCookie(ZoneCookie, "Asia%2FKolkata");
        (await SessionTimeAsync(person)).ShouldEndWith("Asia/Kolkata (UTC+05:30)");

        var account = await person.Browser.OpenAsync("/account");
        (await person.Browser.SubmitAsync(account, "time-zone", ("Input.TimeZone", "America/Argentina/Buenos_Aires"))).Html.ShouldContain("Your time zone has been saved.");
        (await SessionTimeAsync(person)).ShouldEndWith("America/Argentina/Buenos_Aires (UTC-03:00)");

        await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/account"), "time-zone", ("Input.TimeZone", ""));
        (await SessionTimeAsync(person)).ShouldEndWith("Asia/Kolkata (UTC+05:30)");
    }

    [Theory]
    [InlineData("Mars%2FOlympus")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%3Cscript%3E")]
    public async Task A_browser_that_says_nonsense_gets_UTC(string zone)
    {
        using var person = await APerson.OwnerAsync(portal);
        person.Browser.SetCookie(ZoneCookie, zone);

        (await SessionTimeAsync(person)).ShouldEndWith(" UTC");
    }

    [Fact]
    public async Task A_zone_that_there_is_not_is_refused_beside_the_field()
    {
        using var person = await APerson.OwnerAsync(portal);

        var refused = await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/account"), "time-zone", ("Input.TimeZone", "Mars/Olympus"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Faults.ShouldHaveSingleItem().ShouldContain("Choose a time zone");
        refused.Html.ShouldNotContain("Mars/Olympus");
    }

    private static async Task<string> SessionTimeAsync(APerson person) =>
        (await person.Browser.OpenAsync("/account")).Document.QuerySelector("[aria-labelledby=sessions-title] time")!.GetAttribute("title").ShouldNotBeNull();
}
