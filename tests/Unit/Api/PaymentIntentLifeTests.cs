using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class PaymentIntentLifeTests(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private HttpClient _client = null!;

    // A location of its own for each test: some move its clock.
    public async ValueTask InitializeAsync() => _client = await portal.StrangerAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Unknown_ids_and_those_of_others_are_not_found_by_any_method_and_in_the_same_words()
    {
        using var stranger = await portal.StrangerAsync();
        using var production = portal.ProductionClient();
        var theirs = await stranger.PreparedAsync(await stranger.TokenOfAsync());
        string[] ids = [theirs, "pi_sandbox_AAAAAAAAAAAAAAAAAAAAAA", "pi_prod_AAAAAAAAAAAAAAAAAAAAAA", "x", theirs["pi_sandbox_".Length..]];
        var notFound = (await _client.GetPaymentAsync("x")).ShouldBeProblem(404).BodyWithoutTraceId();

        foreach (var id in ids)
        {
            (await _client.GetPaymentAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await _client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await _client.DeletePaymentAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
            (await _client.ChargeAsync(id)).ShouldBeProblem(404).BodyWithoutTraceId().ShouldBe(notFound);
        }

        (await production.GetPaymentAsync(theirs)).ShouldBeProblem(404);
        (await stranger.GetPaymentAsync(theirs)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task The_token_of_a_payment_intent_is_no_name_for_it()
    {
        var token = await _client.TokenOfAsync();
        var id = await _client.PreparedAsync(token);

        (await _client.GetPaymentAsync(token)).ShouldBeProblem(404);
        (await _client.GetTokenAsync(id)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Deleting_cancels_answers_with_the_payment_intent_and_hides_it_unless_asked_for()
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());

        var deleted = (await _client.DeletePaymentAsync(id)).ShouldBeOk();

        (deleted["id"], deleted["status"]).ShouldBe((id, "Canceled"));
        (await _client.GetPaymentAsync(id)).ShouldBeProblem(404);
        (await _client.GetPaymentAsync(id, "?returnCanceled=false")).ShouldBeProblem(404);
        (await _client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeOk().Body.ShouldBe(deleted.Body);
    }

    [Fact]
    public async Task Deleting_records_an_event_in_the_first_version()
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());
        await _client.DeletePaymentAsync(id);
        _client.DefaultRequestHeaders.Remove("version");

        var canceled = (await _client.GetPaymentAsync(id, "?returnCanceled=true", ("version", "2022-04-07"))).ShouldBeOk();

        canceled.Json.GetProperty("paymentEvents").EnumerateArray().ShouldHaveSingleItem().GetProperty("eventType").GetString().ShouldBe("Canceled");
    }

    [Fact]
    public async Task What_is_deleted_is_not_deleted_again_nor_charged_and_its_token_stays_good()
    {
        var token = await _client.TokenOfAsync();
        var id = await _client.PreparedAsync(token);
        await _client.DeletePaymentAsync(id);

        (await _client.DeletePaymentAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
        (await _client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
        (await _client.ChargeAsync(await _client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");
    }

    [Fact]
    public async Task What_is_captured_is_not_deleted()
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());
        await _client.ChargeAsync(id);

        (await _client.DeletePaymentAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Captured");
        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
    }

    [Theory]
    [InlineData("?returnCanceled=yes")]
    [InlineData("?returnCanceled=2")]
    [InlineData("?returnCanceled=")]
    [InlineData("?returnCanceled=true&returnCanceled=true")]
    public async Task A_flag_that_is_none_is_refused(string query)
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());

        (await _client.GetPaymentAsync(id, query)).ShouldBeInvalid("ReturnCanceled");
    }

    [Fact]
    public async Task After_30_days_it_is_canceled_and_not_a_moment_before()
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());
        await _client.AdvanceAsync("P29DT23H59M59S");
        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");

        await _client.AdvanceAsync("PT1S");

        (await _client.GetPaymentAsync(id)).ShouldBeProblem(404);
        var canceled = (await _client.GetPaymentAsync(id, "?returnCanceled=true")).ShouldBeOk();
        canceled["status"].ShouldBe("Canceled");
        canceled["updatedAt"].ShouldBe(canceled["expireAt"]);
        (await _client.ChargeAsync(id)).ShouldBeProblem(400);
        (await _client.DeletePaymentAsync(id)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task It_ends_when_its_creator_said()
    {
        var payment = new APayment(await _client.TokenOfAsync()) { More = "\"expireAt\":\"2026-03-04T10:15:27.123456Z\"" };
        var id = (await _client.PrepareAsync(payment)).ShouldBeOk()["id"];
        await _client.AdvanceAsync("PT1H");

        (await _client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Canceled");
    }

    [Fact]
    public async Task What_is_captured_does_not_end()
    {
        var id = await _client.PreparedAsync(await _client.TokenOfAsync());
        await _client.ChargeAsync(id);
        await _client.AdvanceAsync("P31D");

        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
    }
}
