using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class PaymentIntentLifeTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task Unknown_ids_and_those_of_others_are_not_found_by_any_method_and_in_the_same_words()
    {
        using var stranger = await Portal.StrangerAsync();
        using var production = Portal.ProductionClient();
        var theirs = await stranger.PreparedAsync(await stranger.TokenOfAsync());
        string[] ids = [theirs, "pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA", "pi_prod_AAAAAAAAAAAAAAAAAAAAAA", "x", theirs["pi_sandbox_".Length..]];
        var notFound = (await Client.GetPaymentAsync("x")).ShouldBeProblem(404).BodyWithoutTraceId();

        foreach (var id in ids)
        {
            (await Client.GetPaymentAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await Client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await Client.DeletePaymentAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await Client.ChargeAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
        }

        (await production.GetPaymentAsync(theirs)).ShouldBeProblem(404);
        (await stranger.GetPaymentAsync(theirs)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task The_token_of_a_payment_intent_is_no_name_for_it()
    {
        var token = await Client.TokenOfAsync();
        var id = await Client.PreparedAsync(token);

        (await Client.GetPaymentAsync(token)).ShouldBeProblem(404);
        (await Client.GetTokenAsync(id)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Deleting_cancels_answers_with_the_payment_intent_and_hides_it_unless_asked_for()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());

        var deleted = (await Client.DeletePaymentAsync(id)).ShouldBeOk();

        (deleted["id"], deleted["status"]).ShouldBe((id, "Canceled"));
        (await Client.GetPaymentAsync(id)).ShouldBeProblem(404);
        (await Client.GetPaymentAsync(id, "?returnCanceled=false")).ShouldBeProblem(404);
        (await Client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeOk().Body.ShouldBe(deleted.Body);
    }

    [Fact]
    public async Task Deleting_records_an_event_in_the_first_version()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());
        await Client.DeletePaymentAsync(id);
        Client.DefaultRequestHeaders.Remove("version");

        var canceled = (await Client.GetPaymentAsync(id, "?returnCanceled=true", ("version", "2022-04-07"))).ShouldBeOk();

        canceled.Json.GetProperty("paymentEvents").EnumerateArray().ShouldHaveSingleItem().GetProperty("eventType").GetString().ShouldBe("Canceled");
    }

    [Fact]
    public async Task What_is_deleted_is_not_deleted_again_nor_charged_and_its_token_stays_good()
    {
        var token = await Client.TokenOfAsync();
        var id = await Client.PreparedAsync(token);
        await Client.DeletePaymentAsync(id);

        (await Client.DeletePaymentAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
        (await Client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
        (await Client.ChargeAsync(await Client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");
    }

    [Fact]
    public async Task What_is_captured_is_not_deleted()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());
        await Client.ChargeAsync(id);

        (await Client.DeletePaymentAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Captured");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
    }

    [Theory]
    [InlineData("?returnCanceled=yes")]
    [InlineData("?returnCanceled=2")]
    [InlineData("?returnCanceled=")]
    [InlineData("?returnCanceled=true&returnCanceled=true")]
    public async Task A_flag_that_is_none_is_refused(string query)
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());

        (await Client.GetPaymentAsync(id, query)).ShouldBeInvalid("ReturnCanceled");
    }

    [Fact]
    public async Task After_30_days_it_is_canceled_and_not_a_moment_before()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());
        await Client.AdvanceAsync("P29DT23H59M59S");
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");

        await Client.AdvanceAsync("PT1S");

        (await Client.GetPaymentAsync(id)).ShouldBeProblem(404);
        var canceled = (await Client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeOk();
        canceled["status"].ShouldBe("Canceled");
        canceled["updatedAt"].ShouldBe(canceled["expireAt"]);
        (await Client.ChargeAsync(id)).ShouldBeProblem(400);
        (await Client.DeletePaymentAsync(id)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task It_ends_when_its_creator_said()
    {
        var payment = new APayment(await Client.TokenOfAsync()) { More = "\"expireAt\":\"2026-03-04T10:15:27.123456Z\"" };
        var id = (await Client.PrepareAsync(payment)).ShouldBeOk()["id"];
        await Client.AdvanceAsync("PT1H");

        (await Client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
    }

    [Fact]
    public async Task What_is_captured_does_not_end()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());
        await Client.ChargeAsync(id);
        await Client.AdvanceAsync("P31D");

        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
    }
}
