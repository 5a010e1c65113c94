using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Saved cards of customers over HTTP: saving, listing and removing them, and paying with them.</summary>
public sealed class SavedCardsTests(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private HttpClient _client = null!;
    private string _customer = "";

    public async ValueTask InitializeAsync()
    {
        _client = await portal.StrangerAsync();
        _customer = (await _client.CustomerAsync("""{"name":"Alex"}""")).ShouldBeOk()["id"];
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_card_that_is_tokenized_for_a_customer_is_its_saved_card_and_shows_no_token()
    {
        var token = (await _client.SaveCardAsync(_customer)).ShouldBeOk()["id"];
        var secret = await _client.CustomerSecretAsync(_customer);

        var cards = await portal.CardsAsync(_customer, secret);

        cards.Status.ShouldBe(HttpStatusCode.OK, cards.Body);
        cards["customerId"].ShouldBe(_customer);
        var card = cards.Json.GetProperty("savedPaymentMethods").EnumerateArray().ShouldHaveSingleItem();
        card.GetProperty("cardDetails").GetRawText().ShouldBe("""{"pan":"52000000****1005","expiryDate":"2029-12-31","scheme":"MASTERCARD"}""");
        card.GetProperty("id").GetString()!.ShouldMatch("^pm_sandbox_[A-Za-z0-9_-]{22}$");
        cards.Body.ShouldNotContain(token[^22..]);
    }

    [Fact]
    public async Task A_payment_with_a_saved_card_takes_the_money_and_leaves_the_token_to_be_paid_with_again()
    {
        var token = (await _client.SaveCardAsync(_customer)).ShouldBeOk()["id"];
        var secret = await _client.CustomerSecretAsync(_customer);
        var card = await portal.CardIdAsync(_customer, secret);

        for (var i = 0; i < 2; i++)
        {
            var prepared = (await _client.PrepareAsync(new APayment(SetupIntentId: null) { More = SavedCardCalls.Paying(secret, card, _customer) })).ShouldBeOk();
            prepared.Body.ShouldNotContain(secret);
            prepared.Body.ShouldNotContain(card);
            (await _client.ChargeAsync(prepared["id"])).ShouldBeCharged("Successful", "DEPOSITED");
            (await _client.GetPaymentAsync(prepared["id"])).Json.GetProperty("paymentDetails").GetProperty("card").GetProperty("last4PAN").GetString().ShouldBe("1005");
        }

        (await _client.GetTokenAsync(token)).ShouldBeOk()["status"].ShouldBe("Authorized");
    }

    [Fact]
    public async Task A_payment_needs_card_and_secret_of_one_customer()
    {
        await _client.SaveCardAsync(_customer);
        var other = (await _client.CustomerAsync("{}")).ShouldBeOk()["id"];
        var (secret, secretOfOther) = (await _client.CustomerSecretAsync(_customer), await _client.CustomerSecretAsync(other));
        var card = await portal.CardIdAsync(_customer, secret);

        (await PrepareAsync(SavedCardCalls.Paying(secretOfOther, card))).ShouldBeInvalid("Customer.SavedCardId");
        (await PrepareAsync(SavedCardCalls.Paying(secret, card, other))).ShouldBeInvalid("Customer.Id");
        (await PrepareAsync(SavedCardCalls.Paying("cs_sandbox_nothing", card))).ShouldBeInvalid("Customer.Secret");
        (await PrepareAsync($$"""
            "customer":{"savedCardId":"{{card}}"}
            """)).ShouldBeInvalid("Customer.Secret");
        (await PrepareAsync($$"""
            "customer":{"secret":"{{secret}}"}
            """)).ShouldBeInvalid("Customer.SavedCardId");
        (await _client.PrepareAsync(new APayment(await _client.TokenOfAsync()) { More = SavedCardCalls.Paying(secret, card) })).ShouldBeInvalid("Customer.SavedCardId");
        (await PrepareAsync("\"customer\":{\"secret\":\"\",\"savedCardId\":null}")).ShouldBeOk();
    }

    [Fact]
    public async Task What_a_shopper_could_pay_with_is_not_taken_where_a_saved_card_is_named()
    {
        await _client.SaveCardAsync(_customer);
        var secret = await _client.CustomerSecretAsync(_customer);
        var payment = (await PrepareAsync(SavedCardCalls.Paying(secret, await portal.CardIdAsync(_customer, secret)))).ShouldBeOk()["id"];

        (await _client.PayAsync(payment)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task A_secret_is_good_for_a_quarter_of_an_hour_and_for_its_customer()
    {
        var other = (await _client.CustomerAsync("{}")).ShouldBeOk()["id"];
        var secret = await _client.CustomerSecretAsync(_customer);

        (await portal.CardsAsync(_customer, "")).ShouldBeProblem(401).Header("WWW-Authenticate").ShouldBe("Basic");
        (await portal.CardsAsync(other, secret)).ShouldBeProblem(401);
        (await portal.CardsAsync("cust_sandbox_MJj8Flgfik25x47R4LFbxQ", secret)).ShouldBeProblem(401);
        (await portal.CardsAsync(_customer, secret)).Status.ShouldBe(HttpStatusCode.OK);
        await _client.AdvanceAsync("PT15M");
        (await portal.CardsAsync(_customer, secret)).ShouldBeProblem(401);
        (await PrepareAsync(SavedCardCalls.Paying(secret, "pm_sandbox_otRL98WURbaAKs0sdy7_5w"))).ShouldBeInvalid("Customer.Secret");
    }

    [Fact]
    public async Task A_removed_card_is_closed_and_paid_with_no_more()
    {
        var token = (await _client.SaveCardAsync(_customer)).ShouldBeOk()["id"];
        var secret = await _client.CustomerSecretAsync(_customer);
        var card = await portal.CardIdAsync(_customer, secret);
        var payment = (await PrepareAsync(SavedCardCalls.Paying(secret, card))).ShouldBeOk()["id"];

        (await portal.RemoveCardAsync(_customer, secret, card)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await portal.RemoveCardAsync(_customer, secret, card)).ShouldBeProblem(404);
        (await portal.RemoveCardAsync(_customer, "cs_sandbox_nothing", card)).ShouldBeProblem(401);
        (await portal.CardsAsync(_customer, secret)).Json.GetProperty("savedPaymentMethods").GetArrayLength().ShouldBe(0);
        (await _client.GetTokenAsync(token)).ShouldBeOk()["status"].ShouldBe("Closed");
        (await _client.ChargeAsync(payment)).ShouldBeProblem(400)["detail"].ShouldContain("saved card");
    }

    [Fact]
    public async Task A_card_that_is_being_charged_by_its_token_is_neither_removed_nor_goes_with_its_customer()
    {
        var issuer = new FailingAuthorizer { IsBroken = false };
        await using var broken = await PortalFactory.StartAsync(new PortalFactory { Authorizer = issuer });
        using var client = broken.SandboxClient();
        var customer = (await client.CustomerAsync("{}")).ShouldBeOk()["id"];
        var token = (await client.SaveCardAsync(customer)).ShouldBeOk()["id"];
        var secret = await client.CustomerSecretAsync(customer);
        var card = await broken.CardIdAsync(customer, secret);
        var payment = await client.PreparedAsync(token);
        issuer.IsBroken = true; // the charge is interrupted, and its outcome is unknown
        (await client.ChargeAsync(payment)).ShouldBeProblem(500);

        (await broken.RemoveCardAsync(customer, secret, card)).ShouldBeProblem(409);
        (await client.AskAsync(HttpMethod.Delete, $"/customers/{customer}")).ShouldBeProblem(409);
        (await client.AskAsync(HttpMethod.Get, $"/customers/{customer}")).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_cards_of_a_deleted_customer_are_closed()
    {
        var token = (await _client.SaveCardAsync(_customer)).ShouldBeOk()["id"];

        (await _client.AskAsync(HttpMethod.Delete, $"/customers/{_customer}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await _client.GetTokenAsync(token)).ShouldBeOk()["status"].ShouldBe("Closed");
        (await _client.SaveCardAsync(_customer)).ShouldBeInvalid("Customer.Id");
    }

    [Fact]
    public async Task A_token_that_was_charged_by_its_own_id_is_no_saved_card_any_more()
    {
        var token = (await _client.SaveCardAsync(_customer)).ShouldBeOk()["id"];
        var secret = await _client.CustomerSecretAsync(_customer);
        var card = await portal.CardIdAsync(_customer, secret);

        (await _client.ChargeAsync(await _client.PreparedAsync(token))).ShouldBeCharged("Successful", "DEPOSITED");

        (await portal.CardsAsync(_customer, secret)).Json.GetProperty("savedPaymentMethods").GetArrayLength().ShouldBe(0);
        (await PrepareAsync(SavedCardCalls.Paying(secret, card))).ShouldBeInvalid("Customer.SavedCardId");
    }

    [Fact]
    public async Task A_declined_card_is_not_saved_and_a_name_of_the_merchants_own_is_kept()
    {
        (await _client.SaveCardAsync(_customer, ACard.Declined)).ShouldBeOk();
        (await _client.SaveCardAsync("cust_1")).ShouldBeOk();

        var secret = await _client.CustomerSecretAsync(_customer);
        (await portal.CardsAsync(_customer, secret)).Json.GetProperty("savedPaymentMethods").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_lends_a_card_to_another_customer_in_the_database_does_not_pay_with_it()
    {
        await _client.SaveCardAsync(_customer);
        var secret = await _client.CustomerSecretAsync(_customer);
        var thief = (await _client.CustomerAsync("{}")).ShouldBeOk()["id"];
        var card = await portal.CardIdAsync(_customer, secret);
        var secretOfThief = await _client.CustomerSecretAsync(thief);

        await portal.ExecuteAsync("UPDATE customer_cards SET customer_id = (SELECT MAX(id) FROM customers)");

        (await PrepareAsync(SavedCardCalls.Paying(secretOfThief, card))).ShouldBeProblem(500);
    }

    private Task<ApiAnswer> PrepareAsync(string more) => _client.PrepareAsync(new APayment(SetupIntentId: null) { More = more });
}

internal static class SavedCardCalls
{
    public static Task<ApiAnswer> CustomerAsync(this HttpClient client, string body) => client.AskAsync(HttpMethod.Post, "/customers", Encoding.UTF8.GetBytes(body));

    public static Task<ApiAnswer> ChangeCustomerAsync(this HttpClient client, string id, string body) =>
        client.AskAsync(HttpMethod.Patch, $"/customers/{id}", Encoding.UTF8.GetBytes(body));

    public static async Task<ApiAnswer> SearchCustomersAsync(this HttpClient client, string body)
    {
        var found = await client.AskAsync(HttpMethod.Post, "/customers/search", Encoding.UTF8.GetBytes(body));
        found.Status.ShouldBe(HttpStatusCode.OK, found.Body);
        return found;
    }

    /// <summary>Creates a new secret for a customer.</summary>
    public static async Task<string> CustomerSecretAsync(this HttpClient client, string id)
    {
        var created = await client.AskAsync(HttpMethod.Post, $"/customers/{id}/create-secret");
        created.Status.ShouldBe(HttpStatusCode.OK, created.Body);
        return created["secret"];
    }

    /// <summary>Tokenizes a card for a customer.</summary>
    public static Task<ApiAnswer> SaveCardAsync(this HttpClient client, string customer, string card = ACard.Approved) => client.TokenizeAsync($$$"""
        {"reference":"Booking 4711","cardNumber":"{{{card}}}","expiryDate":"12/29","customer":{"id":"{{{customer}}}"}}
        """);

    /// <summary>Returns the member of a payment intent request that names the saved card to pay with.</summary>
    public static string Paying(string secret, string card, string? customer = null) =>
        $"\"customer\":{{{(customer is null ? "" : $"\"id\":\"{customer}\",")}\"secret\":\"{secret}\",\"savedCardId\":\"{card}\"}}";

    public static Task<ApiAnswer> CardsAsync(this PortalFactory portal, string customer, string secret) =>
        AsCustomerAsync(portal, HttpMethod.Get, $"/customers/public/{customer}/payment-methods", secret);

    public static Task<ApiAnswer> RemoveCardAsync(this PortalFactory portal, string customer, string secret, string card) =>
        AsCustomerAsync(portal, HttpMethod.Delete, $"/customers/public/{customer}/payment-methods/{card}", secret);

    /// <summary>Returns the id of a customer's only saved card.</summary>
    public static async Task<string> CardIdAsync(this PortalFactory portal, string customer, string secret) =>
        (await portal.CardsAsync(customer, secret)).Json.GetProperty("savedPaymentMethods").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString()!;

    private static async Task<ApiAnswer> AsCustomerAsync(PortalFactory portal, HttpMethod method, string path, string secret)
    {
        using var device = portal.ClientOf(secret);
        return await device.AskAsync(method, path);
    }
}
