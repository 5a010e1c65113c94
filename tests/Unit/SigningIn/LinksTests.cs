using System.Net;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>The secret of a link appears in no address that a server or a proxy sees, and in no log.</summary>
public sealed class LinksTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task A_link_that_was_opened_is_exchanged_for_a_ceremony_and_no_address_or_page_has_its_secret()
    {
        using var person = new APerson(portal);
        var link = await APerson.LinkAsync(portal);
        var secret = link.Split('#')[1];

        var empty = await person.Browser.OpenAsync("/setup");
        var answer = await person.Browser.SendFormAsync(empty, "open-link", ("Opened.Link", secret));

        answer.Location.ShouldNotBeNull().ShouldEndWith("/setup");
        var page = await person.Browser.OpenAsync(answer.Location);
        page.Title.ShouldBe("Set up your access");
        page.Html.ShouldNotContain(secret);
        portal.Log.Text.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("  https://pci.example.com/setup#{0} ")]
    [InlineData("/setup#{0}\n")]
    [InlineData("https://pci.example.com/setup?token={0}")]
    public async Task Without_script_people_paste_the_link_as_they_have_it(string pasted)
    {
        using var person = new APerson(portal);
        var secret = (await APerson.LinkAsync(portal)).Split('#')[1];

        var page = await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/setup"), "open-link", ("Opened.Link", pasted.Replace("{0}", secret, StringComparison.Ordinal)));

        page.Title.ShouldBe("Set up your access");
    }

    [Fact]
    public async Task A_link_of_an_earlier_version_is_led_to_an_address_without_its_secret_and_not_logged_at_any_level()
    {
        using var person = new APerson(portal);
        var secret = (await APerson.LinkAsync(portal)).Split('#')[1];

        var answer = await person.Browser.AskAsync($"/setup?token={secret}");

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        answer.Location.ShouldNotBeNull().ShouldEndWith("/setup");
        (await person.Browser.OpenAsync(answer.Location)).Title.ShouldBe("Set up your access");
        portal.Log.Text.ShouldNotContain(secret);
        portal.Log.Text.ShouldContain(LogScrubber.Replacement);
    }

    [Fact]
    public async Task Opening_a_link_often_uses_nothing_up()
    {
        using var scanner = new Browser(portal);
        using var person = new APerson(portal);
        var link = await APerson.LinkAsync(portal);
        for (var i = 0; i < 3; i++)
        {
            (await scanner.OpenAsync(link)).Title.ShouldBe("Set up your access");
            (await scanner.OpenAsync(link.Replace("#", "?token=", StringComparison.Ordinal))).Title.ShouldBe("Set up your access");
        }

        await person.SetUpAsync(link);

        person.IsSignedIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_link_takes_the_place_of_the_first()
    {
        using var person = new APerson(portal);
        var location = await portal.CreateLocationAsync();
        await person.Browser.OpenAsync(await APerson.LinkAsync(portal));

        (await person.Browser.OpenAsync(await APerson.LinkAsync(portal, location.Account))).Html.ShouldContain("Other account");
    }

    [Fact]
    public async Task What_was_typed_too_late_leads_back_to_opening_the_link()
    {
        using var person = new APerson(portal);
        var page = await person.Browser.OpenAsync(await APerson.LinkAsync(portal));
        portal.Clock.Advance(TimeSpan.FromMinutes(15));

        var late = await person.Browser.SubmitAsync(page, "set-up", ("Input.Name", person.Name), ("Input.Email", person.Email), ("Input.Password", person.Password));

        late.Title.ShouldBe("Open your link");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_opens_nothing_is_said_to_be_worth_nothing(string link)
    {
        using var browser = new Browser(portal);

        var refused = await browser.SendFormAsync(await browser.OpenAsync("/setup"), "open-link", ("Opened.Link", link));

        refused.Status.ShouldBe(HttpStatusCode.Gone);
        refused.Title.ShouldBe("This link no longer works");
    }

    [Fact]
    public void A_secret_is_recognised_wherever_an_address_a_form_or_a_cookie_has_it()
    {
        for (var i = 0; i < 200; i++)
        {
            var secret = OpaqueSecret.Generate().Reveal();
            foreach (var text in new[] { $"GET /setup?token={secret} HTTP/1.1", $"/setup#{secret}", $"/setup/{secret}", $"__Host-portal-session={secret}; x=1", $"Link={secret}" })
            {
                LogScrubber.HoldsSecret(text).ShouldBeTrue();
            }

            LogScrubber.HoldsSecret($"%2Fsetup%3Ftoken%3D{secret}").ShouldBeTrue();
            LogScrubber.HoldsSecret($"Circuit '{secret}'").ShouldBeFalse("an id of the framework's");
        }

        LogScrubber.HoldsSecret("/setup-intents/si_sandbox_zO9He6VSK0WV3_g33nVDVw").ShouldBeFalse();
    }
}
