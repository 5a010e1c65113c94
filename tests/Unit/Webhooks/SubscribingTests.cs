using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>The nine operations over HTTP. Each test has its own location.</summary>
public sealed class SubscribingTests(PortalFactory portal) : OwnLocationTest(portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_events_that_there_are_come_by_model()
    {
        var answer = await Client.AskAsync(HttpMethod.Get, "/webhooks/events");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json[0].GetProperty("model").GetString().ShouldBe("PaymentIntent");
        answer.Json[0].GetProperty("events").EnumerateArray().Select(name => name.GetString()).ShouldBe(["payment_intent.created", "payment_intent.status_updated"]);
    }

    [Fact]
    public async Task A_subscription_is_answered_with_one_active_secret_and_listed()
    {
        var made = (await Client.SubscribeAsync("""{"url":"https://hooks.example.com/a?b=c","events":["payment_intent.status_updated","payment_intent.created"],"description":"Orders"}""")).ShouldBeOk();

        made["id"].ShouldMatch("^ws_sandbox_[A-Za-z0-9_-]{22}$");
        made["accountId"].ShouldStartWith("acc_");
        made["url"].ShouldBe("https://hooks.example.com/a?b=c");
        made["description"].ShouldBe("Orders");
        var (id, value, isActive) = made.Secrets().ShouldHaveSingleItem();
        id.ShouldStartWith("sc_sandbox_");
        Convert.FromBase64String(value["whsec_".Length..]).Length.ShouldBe(32);
        isActive.ShouldBeTrue();
        (await Client.ListWebhooksAsync()).Json.EnumerateArray().ShouldHaveSingleItem().GetRawText().ShouldBe(made.Json.GetRawText());
    }

    [Fact]
    public async Task An_unknown_event_is_refused_with_the_list_of_those_that_there_are()
    {
        var error = (await Client.SubscribeAsync(WebhookCalls.Target, "payment_intent.created", "order.created")).ShouldBeInvalid("Events").ErrorsOf("Events").ShouldHaveSingleItem();

        error.ShouldContain("payment_intent.created, payment_intent.status_updated, setup_intent.created, setup_intent.status_updated, refund.created, ");
        error.ShouldEndWith("api_key.rolled, api_key.revoked.");
        error.ShouldNotContain("order");
    }

    [Theory]
    [InlineData("""{"url":"https://hooks.example.com/"}""", "Events")]
    [InlineData("""{"url":"https://hooks.example.com/","events":[]}""", "Events")]
    [InlineData("""{"url":"https://hooks.example.com/","events":[1]}""", "Events")]
    [InlineData("""{"url":"https://hooks.example.com/","events":"payment_intent.created"}""", "Events")]
    [InlineData("""{"events":["payment_intent.created"]}""", "Url")]
    [InlineData("""{"events":["payment_intent.created"],"url":""}""", "Url")]
    [InlineData("""{"events":["payment_intent.created"],"url":1}""", "Url")]
    [InlineData("""{"events":["payment_intent.created"],"url":"https://hooks.example.com/","secret":"x"}""", "Body")]
    [InlineData("""{"events":["payment_intent.created"],"url":"https://hooks.example.com/5200000000001005"}""", "Url")]
    [InlineData("""{"events":["payment_intent.created"],"url":"https://hooks.example.com/","description":"5200000000001005"}""", "Description")]
    public async Task What_breaks_a_rule_is_named(string json, string field) => (await Client.SubscribeAsync(json)).ShouldBeInvalid(field);

    [Theory]
    [InlineData("http://hooks.example.com/")]
    [InlineData("hooks.example.com")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("https://hooks.example.com:444/")]
    [InlineData("https://user:word@hooks.example.com/")]
    [InlineData("https://hooks.example.com/#part")]
    [InlineData("https://localhost/")]
    [InlineData("http://localhost:3000/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    public async Task A_target_that_is_not_on_the_public_internet_or_not_encrypted_is_refused(string url) => (await Client.SubscribeAsync(url, [])).ShouldBeInvalid("Url");

    [Fact]
    public async Task A_URL_has_one_subscription_and_a_location_at_most_twenty()
    {
        (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk();
        (await Client.SubscribeAsync(WebhookCalls.Target, "setup_intent.created")).ShouldBeProblem(409);
        for (var i = 2; i <= WebhookLimits.Subscriptions; i++)
        {
            (await Client.SubscribeAsync($"{WebhookCalls.Target}/{i}", [])).ShouldBeOk();
        }

        (await Client.SubscribeAsync($"{WebhookCalls.Target}/more", [])).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_change_changes_what_it_names_and_keeps_the_rest()
    {
        var id = (await Client.SubscribeAsync("""{"url":"https://hooks.example.com/a","events":["payment_intent.created"],"description":"Orders"}""")).ShouldBeOk()["id"];

        (await Client.ChangeWebhookAsync(id, """{"events":["setup_intent.created"]}""")).ShouldBeOk().ShouldSatisfyAllConditions(
            changed => changed.Json.GetProperty("events").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("setup_intent.created"),
            changed => changed["url"].ShouldBe("https://hooks.example.com/a"),
            changed => changed["description"].ShouldBe("Orders"));
        var last = (await Client.ChangeWebhookAsync(id, """{"url":"https://hooks.example.com/b","description":""}""")).ShouldBeOk();
        last.Find("description").ShouldBeNull();
        (await Client.ListWebhooksAsync()).Json[0].GetRawText().ShouldBe(last.Json.GetRawText());
        (await Client.ChangeWebhookAsync(id, """{"url":"https://10.0.0.1/"}""")).ShouldBeInvalid("Url");
        (await Client.ChangeWebhookAsync(id, """{"events":["nothing"]}""")).ShouldBeInvalid("Events");
    }

    [Fact]
    public async Task A_change_to_a_URL_that_another_has_is_refused()
    {
        await Client.SubscribeAsync(WebhookCalls.Target, []);
        var id = (await Client.SubscribeAsync($"{WebhookCalls.Target}/2", [])).ShouldBeOk()["id"];

        (await Client.ChangeWebhookAsync(id, $$"""{"url":"{{WebhookCalls.Target}}"}""")).ShouldBeProblem(409);
        (await Client.ChangeWebhookAsync(id, $$"""{"url":"{{WebhookCalls.Target}}/2"}""")).ShouldBeOk();
    }

    [Fact]
    public async Task A_deleted_subscription_is_gone_and_its_URL_free()
    {
        var id = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk()["id"];

        (await Client.DeleteWebhookAsync(id)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await Client.ListWebhooksAsync()).Json.GetArrayLength().ShouldBe(0);
        (await Client.DeleteWebhookAsync(id)).ShouldBeProblem(404);
        (await Client.SecretsAsync(id)).ShouldBeProblem(404);
        (await Client.MakeSecretAsync(id)).ShouldBeProblem(404);
        (await Client.ChangeWebhookAsync(id, "{}")).ShouldBeProblem(404);
        var again = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk()["id"];
        (again == id).ShouldBeFalse();
    }

    [Fact]
    public async Task A_secret_is_rolled_by_making_activating_and_deleting()
    {
        var made = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk();
        var (id, first) = (made["id"], made.Secrets()[0].Id);

        var second = (await Client.MakeSecretAsync(id)).ShouldBeOk().Secrets()[1];
        second.IsActive.ShouldBeFalse("it signs nothing until it is activated");
        (await Client.ActivateAsync(id, second.Id)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Client.ActivateAsync(id, second.Id)).Status.ShouldBe(HttpStatusCode.NoContent, "it is active already");

        (await Client.SecretsAsync(id)).Secrets().Select(secret => (secret.Id, secret.IsActive)).ShouldBe([(first, false), (second.Id, true)]);
        (await Client.DeleteSecretAsync(id, second.Id)).ShouldBeProblem(409);
        (await Client.DeleteSecretAsync(id, first)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Client.DeleteSecretAsync(id, first)).ShouldBeProblem(404);
        (await Client.ActivateAsync(id, first)).ShouldBeProblem(404);
        (await Client.SecretsAsync(id)).Secrets().ShouldBe([second with { IsActive = true }]);
    }

    [Fact]
    public async Task There_are_at_most_five_secrets()
    {
        var id = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk()["id"];
        for (var i = 2; i <= WebhookLimits.Secrets; i++)
        {
            (await Client.MakeSecretAsync(id)).Secrets().Count.ShouldBe(i);
        }

        (await Client.MakeSecretAsync(id)).ShouldBeProblem(409);
    }

    [Fact]
    public async Task Another_location_or_environment_does_not_find_it()
    {
        var made = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk();
        var (id, secret) = (made["id"], made.Secrets()[0].Id);
        using var stranger = Portal.SandboxClient();
        using var production = Portal.ClientOf((await Portal.CreateKeyAsync(TenantEnvironment.Production, location: Location)).Secret);

        foreach (var other in new[] { stranger, production })
        {
            (await other.ListWebhooksAsync()).Json.EnumerateArray().ShouldNotContain(webhook => webhook.GetProperty("id").GetString() == id);
            (await other.ChangeWebhookAsync(id, "{}")).ShouldBeProblem(404);
            (await other.SecretsAsync(id)).ShouldBeProblem(404);
            (await other.MakeSecretAsync(id)).ShouldBeProblem(404);
            (await other.ActivateAsync(id, secret)).ShouldBeProblem(404);
            (await other.DeleteSecretAsync(id, secret)).ShouldBeProblem(404);
            (await other.DeleteWebhookAsync(id)).ShouldBeProblem(404);
        }

        (await Client.SecretsAsync(id)).Secrets().ShouldBe(made.Secrets());
    }

    [Fact]
    public async Task A_key_without_the_scope_may_nothing_of_it()
    {
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.All & ~ApiKeyScopes.Webhooks, location: Location)).Secret);

        (await client.ListWebhooksAsync()).ShouldBeProblem(403)["detail"].ShouldContain("webhooks");
        (await client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Each_change_is_in_the_audit_trail_without_path_and_secret()
    {
        var made = (await Client.SubscribeAsync("https://hooks.example.com/private-path", [])).ShouldBeOk();
        var id = made["id"];
        var second = (await Client.MakeSecretAsync(id)).Secrets()[1].Id;
        await Client.ActivateAsync(id, second);
        await Client.DeleteSecretAsync(id, made.Secrets()[0].Id);
        await Client.ChangeWebhookAsync(id, "{}");
        await Client.DeleteWebhookAsync(id);

        var entries = await Portal.Services.GetRequiredService<IAuditStore>().ListAsync(Location.Account, id, before: null, 100, Ct);

        entries.Select(entry => entry.Entry.Action).Reverse().ShouldBe(
            ["webhook created", "webhook secret created", "webhook secret activated", "webhook secret deleted", "webhook changed", "webhook deleted"]);
        entries.ShouldAllBe(entry => entry.Entry.Actor.StartsWith("key:", StringComparison.Ordinal));
        entries[^1].Entry.Detail.ShouldBe("payment_intent.created, payment_intent.status_updated to hooks.example.com");
    }

    [Fact]
    public async Task A_secret_is_nowhere_in_the_files_in_clear()
    {
        var value = (await Client.SubscribeAsync(WebhookCalls.Target, [])).ShouldBeOk().Secrets()[0].Value;

        Portal.FilesContain(Encoding.ASCII.GetBytes(value)).ShouldBeFalse();
        Portal.FilesContain(Convert.FromBase64String(value["whsec_".Length..])).ShouldBeFalse();
        Portal.Log.Entries.ShouldNotContain(entry => entry.Text.Contains(value, StringComparison.Ordinal));
    }
}
