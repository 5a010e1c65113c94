using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class DeletingSetupIntentsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("")]
    [InlineData("?includeAuthorized=false")]
    [InlineData("?includeAuthorized=true")]
    public async Task What_is_created_is_canceled(string query)
    {
        using var client = portal.SandboxClient();
        var id = await client.CreateAsync(ACard.None);
        portal.Clock.Advance(TimeSpan.FromSeconds(5));

        var deleted = (await client.DeleteIntentAsync(id, query)).ShouldBeOk();

        deleted["status"].ShouldBe("Canceled");
        DateTime.Parse(deleted["updatedAt"]).ShouldBe(DateTime.Parse(deleted["createdAt"]).AddSeconds(5));
        deleted.EventTypes().ShouldBe(["Canceled"]);
        (await client.GetIntentAsync(id)).ShouldBeOk().Body.ShouldBe(deleted.Body);
    }

    [Theory]
    [InlineData("?includeAuthorized=true")]
    [InlineData("?includeAuthorized=True")]
    public async Task What_is_authorized_is_closed_when_that_is_asked_for(string query)
    {
        using var client = portal.SandboxClient();
        var id = await client.CreateAsync();

        var deleted = (await client.DeleteIntentAsync(id, query)).ShouldBeOk();

        deleted["status"].ShouldBe("Closed");
        deleted.At("paymentDetails", "card", "cardNumber").GetString().ShouldBe("52000000****1005");
        (await client.GetIntentAsync(id)).ShouldBeOk().Body.ShouldBe(deleted.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?includeAuthorized=false")]
    public async Task What_is_authorized_is_not_deleted_unless_that_is_asked_for(string query)
    {
        using var client = portal.SandboxClient();
        var id = await client.CreateAsync();
        var before = (await client.GetIntentAsync(id)).Body;
        var card = await portal.CardOfAsync(id);

        (await client.DeleteIntentAsync(id, query)).ShouldBeProblem(400)["detail"].ShouldContain("includeAuthorized=true");

        (await client.GetIntentAsync(id)).Body.ShouldBe(before);
        (await portal.CardOfAsync(id)).ShouldBe(card);
        card.Record.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_has_ended_is_not_deleted()
    {
        using var client = portal.SandboxClient();
        var (canceled, closed, expired, cardExpired) = (
            await client.CreateAsync(ACard.None), await client.CreateAsync(), await client.CreateAsync(ACard.None), await client.CreateAsync(new ACard { Expiry = "01/20" }));
        (await client.DeleteIntentAsync(canceled)).ShouldBeOk();
        (await client.DeleteIntentAsync(closed, "?includeAuthorized=true")).ShouldBeOk();
        portal.Clock.Advance(TimeSpan.FromDays(30));

        foreach (var (id, status) in new[] { (canceled, "Canceled"), (closed, "Closed"), (expired, "Expired"), (cardExpired, "CardExpired") })
        {
            (await client.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeProblem(400)["detail"].ShouldContain(status);
            (await client.GetIntentAsync(id))["status"].ShouldBe(status);
        }
    }

    [Theory]
    [InlineData("?includeAuthorized=")]
    [InlineData("?includeAuthorized=2")]
    [InlineData("?includeAuthorized=01")]
    [InlineData("?includeAuthorized=yes")]
    [InlineData("?includeAuthorized=true&includeAuthorized=true")]
    public async Task A_flag_that_is_neither_true_nor_false_is_refused(string query)
    {
        using var client = portal.SandboxClient();
        var id = await client.CreateAsync();

        (await client.DeleteIntentAsync(id, query)).ShouldBeInvalid("IncludeAuthorized");

        (await client.GetIntentAsync(id))["status"].ShouldBe("Authorized");
    }

    [Theory]
    [InlineData("5200000000001005", "Closed")]
    [InlineData("4456530000001013", "Canceled")]
    public async Task The_card_is_out_of_the_row_at_once_and_out_of_every_file_after_the_next_housekeeping(string number, string status)
    {
        // In a separate account: elsewhere the same card, which other tests keep, has the same fingerprint.
        using var client = await portal.StrangerAsync();
        var id = await client.CreateAsync(new ACard { Number = number });
        var card = await portal.CardOfAsync(id);
        byte[][] traces = [.. new[] { card.Record, card.Fingerprint }.OfType<string>().Select(Convert.FromHexString)];
        traces.ShouldNotBeEmpty();
        traces.ShouldAllBe(trace => portal.FilesContain(trace));

        (await client.DeleteIntentAsync(id, "?includeAuthorized=true")).ShouldBeOk()["status"].ShouldBe(status);

        (await portal.CardOfAsync(id)).ShouldBe(KeptCard.Nothing);
        await portal.KeepHouseAsync();
        traces.ShouldAllBe(trace => !portal.FilesContain(trace));
    }

    [Fact]
    public async Task Of_two_deletions_at_once_one_is_answered_and_the_other_refused()
    {
        using var client = portal.SandboxClient();
        for (var round = 0; round < 20; round++)
        {
            var id = await client.CreateAsync();

            var answers = await Task.WhenAll(client.DeleteIntentAsync(id, "?includeAuthorized=true"), client.DeleteIntentAsync(id, "?includeAuthorized=true"));

            answers.Single(answer => answer.Status == HttpStatusCode.OK)["status"].ShouldBe("Closed");
            answers.Single(answer => answer.Status == HttpStatusCode.BadRequest).ShouldBeProblem(400)["detail"].ShouldMatch("is Closed|changed by another request");
            (await client.GetIntentAsync(id)).EventTypes().ShouldBe(["Authorized", "Canceled"]);
        }
    }
}
