using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class ChargingTests(PortalFactory portal) : OwnLocationTest(portal)
{
    [Fact]
    public async Task A_charge_answers_deposited_and_completes_the_token_with_a_captured_event()
    {
        var token = await Client.TokenOfAsync();
        var id = await Client.PreparedAsync(token);

        var charged = (await Client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");

        charged.PropertyNames().ShouldBe(["paymentIntentId", "status", "message"]);
        charged["paymentIntentId"].ShouldBe(id);
        (await Client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Captured");
        var completed = (await Client.GetTokenAsync(token)).ShouldBeOk();
        completed["status"].ShouldBe("Completed");
        var captured = completed.Json.GetProperty("setupEvents").EnumerateArray().Last();
        captured.GetProperty("eventType").GetString().ShouldBe("Captured");
        captured.GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        captured.GetProperty("transactionId").GetString().ShouldNotBeNullOrEmpty();
        captured.GetProperty("authCode").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_payment_intent_is_charged_once()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());
        (await Client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");

        (await Client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Captured");
    }

    [Fact]
    public async Task A_completed_token_is_charged_no_more()
    {
        var token = await Client.TokenOfAsync();
        var (first, second) = (await Client.PreparedAsync(token), await Client.PreparedAsync(token));
        (await Client.ChargeAsync(first)).ShouldBeCharged("Successful", "DEPOSITED");

        (await Client.ChargeAsync(second)).ShouldBeProblem(400)["detail"].ShouldContain("Completed");
        (await Client.PrepareAsync(new APayment(token))).ShouldBeProblem(400)["detail"].ShouldContain("Completed");
        (await Client.GetPaymentAsync(second)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task Where_the_location_allows_it_an_unscheduled_token_is_charged_again()
    {
        await AllowRepeatedChargesAsync();
        var token = await Client.TokenOfAsync();

        for (var charge = 1; charge <= 3; charge++)
        {
            (await Client.ChargeAsync(await Client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");
            var events = (await Client.GetTokenAsync(token)).Json.GetProperty("setupEvents").EnumerateArray();
            events.Count(entry => entry.GetProperty("eventType").GetString() == "Captured").ShouldBe(charge);
        }

        (await Client.GetTokenAsync(token))["status"].ShouldBe("Completed");
    }

    [Fact]
    public async Task A_no_show_token_is_charged_once_no_matter_what_the_location_allows()
    {
        await AllowRepeatedChargesAsync();
        var token = await Client.TokenOfAsync(more: "\"merchantInitiatedTransactionType\":\"NoShow\",\"terms\":\"One night\"");
        var second = await Client.PreparedAsync(token);
        (await Client.ChargeAsync(await Client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");

        (await Client.ChargeAsync(second)).ShouldBeProblem(400);
        (await Client.PrepareAsync(new APayment(token))).ShouldBeProblem(400);
    }

    [Fact]
    public async Task Of_16_charges_of_one_payment_intent_exactly_one_succeeds()
    {
        var id = await Client.PreparedAsync(await Client.TokenOfAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Client.ChargeAsync(id)));

        ShouldHaveOneSuccess(answers);
    }

    [Fact]
    public async Task Of_16_charges_of_two_payment_intents_of_one_token_exactly_one_succeeds()
    {
        var token = await Client.TokenOfAsync();
        string[] ids = [await Client.PreparedAsync(token), await Client.PreparedAsync(token)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(call => Client.ChargeAsync(ids[call % 2])));

        ShouldHaveOneSuccess(answers);
        var captured = (await Client.GetTokenAsync(token)).Json.GetProperty("setupEvents").EnumerateArray();
        captured.Count(entry => entry.GetProperty("eventType").GetString() == "Captured").ShouldBe(1);
    }

    [Fact]
    public async Task A_card_that_has_expired_since_is_not_charged()
    {
        var token = await Client.TokenOfAsync(new ACard { Expiry = "03/26" });
        var id = await Client.PreparedAsync(token);
        await Client.AdvanceAsync("P28D"); // to 1 April, before noon
        await Client.AdvanceAsync("PT3H");

        (await Client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("CardExpired");
        (await Client.GetTokenAsync(token))["status"].ShouldBe("CardExpired");
    }

    [Fact]
    public async Task A_token_whose_card_data_was_destroyed_is_not_charged_even_where_repeated_charges_are_allowed()
    {
        await AllowRepeatedChargesAsync();
        var accounts = Portal.Services.GetRequiredService<IAccountStore>();
        await accounts.SetRetentionAsync(Location.Id, days: 0, TestContext.Current.CancellationToken);
        var token = await Client.TokenOfAsync();
        var second = await Client.PreparedAsync(token);
        (await Client.ChargeAsync(await Client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");

        (await Client.ChargeAsync(second)).ShouldBeProblem(400)["detail"].ShouldContain("no longer kept");
        (await Client.PrepareAsync(new APayment(token))).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_closed_token_is_not_charged()
    {
        var token = await Client.TokenOfAsync();
        var id = await Client.PreparedAsync(token);
        (await Client.DeleteTokenAsync(token))["status"].ShouldBe("Closed");

        (await Client.ChargeAsync(id)).ShouldBeProblem(400)["detail"].ShouldContain("Closed");
    }

    private static void ShouldHaveOneSuccess(ApiAnswer[] answers)
    {
        answers.Where(answer => (int)answer.Status == 200).ShouldHaveSingleItem().ShouldBeCharged("Successful", "DEPOSITED");
        answers.Where(answer => (int)answer.Status != 200).ShouldAllBe(answer => (int)answer.Status == 400 || (int)answer.Status == 409);
    }

    private Task AllowRepeatedChargesAsync() => Portal.Services.GetRequiredService<IAccountStore>()
        .SetRepeatedChargesAsync(Location.Id, allowed: true, TestContext.Current.CancellationToken);
}
