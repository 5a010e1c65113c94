using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Customers over HTTP.</summary>
public sealed class CustomersTests(PortalFactory portal) : OwnLocationTest(portal)
{
    private const string Unknown = "cust_sandbox_MJj8Flgfik25x47R4LFbxQ";

    [Fact]
    public async Task A_customer_is_created_with_what_was_sent_and_read_as_a_list()
    {
        var created = (await Client.CustomerAsync(
            """{"name":"Alex","emailAddress":"alex@example.com","phoneNumber":"+44 20 7946 0000","vatNumber":"GB 123","billingAddress":{"city":"Leeds","countryCode":"GB"}}""")).ShouldBeOk();

        created["id"].ShouldMatch("^cust_sandbox_[A-Za-z0-9_-]{22}$");
        (created["name"], created["emailAddress"], created["vatNumber"]).ShouldBe(("Alex", "alex@example.com", "GB 123"));
        created.Json.GetProperty("billingAddress").GetProperty("city").GetString().ShouldBe("Leeds");
        created.Json.GetProperty("documentVersion").GetInt32().ShouldBe(0);
        var read = await Client.AskAsync(HttpMethod.Get, $"/customers/{created["id"]}");
        read.Status.ShouldBe(HttpStatusCode.OK);
        read.Json.GetArrayLength().ShouldBe(1);
        read.Json[0].GetRawText().ShouldBe(created.Body);
    }

    [Fact]
    public async Task Several_customers_are_read_at_once_and_those_that_are_not_there_are_left_out()
    {
        var (a, b) = ((await Client.CustomerAsync("""{"name":"a"}""")).ShouldBeOk()["id"], (await Client.CustomerAsync("{}")).ShouldBeOk()["id"]);

        var read = await Client.AskAsync(HttpMethod.Get, $"/customers/{a},{Unknown},{b}");

        read.Json.EnumerateArray().Select(customer => customer.GetProperty("id").GetString()).ShouldBe([a, b]);
        (await Client.AskAsync(HttpMethod.Get, "/customers/" + string.Join(',', Enumerable.Repeat(a, 21)))).ShouldBeInvalid("CustomerId");
    }

    [Fact]
    public async Task A_change_replaces_what_it_names_and_an_empty_text_removes()
    {
        var id = (await Client.CustomerAsync("""{"name":"Alex","emailAddress":"alex@example.com","vatNumber":"1"}""")).ShouldBeOk()["id"];

        var changed = (await Client.ChangeCustomerAsync(id, """{"name":"Alexandra","vatNumber":"","phoneNumber":null}""")).ShouldBeOk();

        (changed["name"], changed["emailAddress"]).ShouldBe(("Alexandra", "alex@example.com"));
        changed.PropertyNames().ShouldNotContain("vatNumber", StringComparer.Ordinal);
        changed.Json.GetProperty("documentVersion").GetInt32().ShouldBe(1);
        (await Client.ChangeCustomerAsync(id, "{}")).ShouldBeOk().Json.GetProperty("documentVersion").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"name":5}""", "Name")]
    [InlineData("""{"name":"5200 0000 0000 1005"}""", "Name")]
    [InlineData("""{"billingAddress":{"city":"Leeds"}}""", "BillingAddress.CountryCode")]
    [InlineData("""{"cvv":"123"}""", "Body")]
    public async Task A_broken_rule_is_named(string body, string field)
    {
        (await Client.CustomerAsync(body)).ShouldBeInvalid(field);
        var id = (await Client.CustomerAsync("{}")).ShouldBeOk()["id"];
        (await Client.ChangeCustomerAsync(id, body)).ShouldBeInvalid(field);
    }

    [Fact]
    public async Task Of_a_deleted_customer_nothing_is_left()
    {
        var id = (await Client.CustomerAsync("""{"name":"Alex"}""")).ShouldBeOk()["id"];
        var secret = await Client.CustomerSecretAsync(id);

        (await Client.AskAsync(HttpMethod.Delete, $"/customers/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);

        var read = await Client.AskAsync(HttpMethod.Get, $"/customers/{id}");
        (read.Status, read.Body).ShouldBe((HttpStatusCode.OK, "[]"));
        (await Client.AskAsync(HttpMethod.Delete, $"/customers/{id}")).ShouldBeProblem(404);
        (await Client.ChangeCustomerAsync(id, """{"name":"Alex"}""")).ShouldBeProblem(404);
        (await Client.AskAsync(HttpMethod.Post, $"/customers/{id}/create-secret")).ShouldBeProblem(404);
        (await Portal.CardsAsync(id, secret)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Each_change_is_in_the_audit_trail_without_what_is_known_of_the_customer()
    {
        var location = await Portal.CreateLocationAsync();
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(location: location)).Secret);
        var id = (await client.CustomerAsync("""{"name":"Alex"}""")).ShouldBeOk()["id"];
        (await client.ChangeCustomerAsync(id, """{"name":"Alexandra"}""")).ShouldBeOk();
        (await client.ChangeCustomerAsync(id, "{}")).ShouldBeOk();
        (await client.AskAsync(HttpMethod.Delete, $"/customers/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.AskAsync(HttpMethod.Delete, $"/customers/{id}")).ShouldBeProblem(404);

        var entries = await Portal.Services.GetRequiredService<IAuditStore>().ListAsync(location.Account, id, before: null, 100, TestContext.Current.CancellationToken);

        entries.Select(entry => entry.Entry.Action).Reverse().ShouldBe(["customer created", "customer changed", "customer deleted"]);
        entries.ShouldAllBe(entry => entry.Entry.Actor.StartsWith("key:", StringComparison.Ordinal) && entry.Entry.Detail.Length == 0);
    }

    [Fact]
    public async Task A_search_pages_through_all_once_in_both_directions()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await Client.CustomerAsync("{}")).ShouldBeOk()["id"]);
        }

        var first = await Client.SearchCustomersAsync("""{"limit":2}""");
        IdsIn(first).ShouldBe(ids[..2]);
        first.PropertyNames().ShouldNotContain("before", StringComparer.Ordinal);
        var second = await Client.SearchCustomersAsync($$"""{"limit":2,"after":"{{first["after"]}}"}""");
        IdsIn(second).ShouldBe(ids[2..4]);
        var third = await Client.SearchCustomersAsync($$"""{"limit":2,"after":"{{second["after"]}}","before":""}""");
        IdsIn(third).ShouldBe(ids[4..]);
        third.PropertyNames().ShouldNotContain("after", StringComparer.Ordinal);
        IdsIn(await Client.SearchCustomersAsync($$"""{"limit":2,"before":"{{third["before"]}}"}""")).ShouldBe(ids[2..4]);
    }

    [Theory]
    [InlineData("""{"limit":0}""", "Limit")]
    [InlineData("""{"limit":101}""", "Limit")]
    [InlineData("""{"limit":"5"}""", "Limit")]
    [InlineData($$"""{"before":"{{Unknown}}"}""", "Before")]
    [InlineData("""{"after":"nothing"}""", "After")]
    [InlineData("""{"after":"a","before":"b"}""", "Before")]
    public async Task A_search_that_breaks_a_rule_is_told(string body, string field) =>
        (await Client.AskAsync(HttpMethod.Post, "/customers/search", Encoding.UTF8.GetBytes(body))).ShouldBeInvalid(field);

    [Fact]
    public async Task Another_location_has_other_customers()
    {
        var id = (await Client.CustomerAsync("""{"name":"Alex"}""")).ShouldBeOk()["id"];
        var secret = await Client.CustomerSecretAsync(id);
        using var other = await Portal.StrangerAsync();

        (await other.AskAsync(HttpMethod.Get, $"/customers/{id}")).Body.ShouldBe("[]");
        (await other.ChangeCustomerAsync(id, """{"name":"Eve"}""")).ShouldBeProblem(404);
        (await other.AskAsync(HttpMethod.Delete, $"/customers/{id}")).ShouldBeProblem(404);
        (await other.AskAsync(HttpMethod.Post, $"/customers/{id}/create-secret")).ShouldBeProblem(404);
        IdsIn(await other.SearchCustomersAsync("{}")).ShouldBeEmpty();
        (await other.SaveCardAsync(id)).ShouldBeInvalid("Customer.Id");
        (await other.PrepareAsync(new APayment(SetupIntentId: null) { More = SavedCardCalls.Paying(secret, "pm_sandbox_otRL98WURbaAKs0sdy7_5w") })).ShouldBeInvalid("Customer.Secret");
    }

    [Theory]
    [InlineData("POST", "/customers", ApiKeyScopes.Read | ApiKeyScopes.Charge)]
    [InlineData("POST", "/customers/search", ApiKeyScopes.Tokenize | ApiKeyScopes.Charge)]
    [InlineData("GET", $"/customers/{Unknown}", ApiKeyScopes.Tokenize | ApiKeyScopes.Charge)]
    [InlineData("PATCH", $"/customers/{Unknown}", ApiKeyScopes.Read | ApiKeyScopes.Charge)]
    [InlineData("DELETE", $"/customers/{Unknown}", ApiKeyScopes.Read | ApiKeyScopes.Tokenize)]
    [InlineData("POST", $"/customers/{Unknown}/create-secret", ApiKeyScopes.Read | ApiKeyScopes.Tokenize)]
    public async Task A_key_without_the_scope_is_refused(string method, string path, ApiKeyScopes scopes)
    {
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: scopes)).Secret);

        (await client.AskAsync(new HttpMethod(method), path, "{}"u8.ToArray())).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Only_so_many_secrets_are_good_at_once()
    {
        var id = (await Client.CustomerAsync("{}")).ShouldBeOk()["id"];
        var secrets = new List<string>();
        for (var i = 0; i < 21; i++)
        {
            secrets.Add(await Client.CustomerSecretAsync(id));
            await Client.AdvanceAsync("PT0.001S");
        }

        (await Portal.CardsAsync(id, secrets[0])).ShouldBeProblem(401);
        (await Portal.CardsAsync(id, secrets[1])).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static IEnumerable<string?> IdsIn(ApiAnswer answer) => answer.Json.GetProperty("data").EnumerateArray().Select(customer => customer.GetProperty("id").GetString());
}
