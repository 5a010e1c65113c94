using Bunit;
using Dojo.Pci.Portal.Components.Pages.Webhooks;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.Webhooks;

public sealed class WebhookEndpointPageTests : WebhookPageTest
{
    private MadeWebhook _made = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _made = await House.MakeAsync();
    }

    [Fact]
    public void A_list_without_endpoints_offers_the_inspector_in_the_sandbox_alone()
    {
        Environment = Tokenization.Accounts.TenantEnvironment.Production;
        var production = Open<WebhookEndpointsPage>();
        production.WaitForElement("[data-testid=empty]");
        production.FindAll("[data-testid=inspect]").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_says_how_each_endpoint_does()
    {
        await House.TestAsync(_made.Id);

        var page = Open<WebhookEndpointsPage>();

        var row = page.WaitForElement("[data-testid=endpoint]").Closest("tr")!.TextContent;
        row.ShouldContain("Inspector");
        row.ShouldContain("Active");
        row.ShouldContain("100\u00A0%");
        page.FindAll("[data-testid=inspect]").ShouldBeEmpty("there is one already");
        page.Markup.ShouldNotContain(_made.Secret.Value);
    }

    [Fact]
    public async Task A_test_is_sent_and_seen_without_a_reload()
    {
        var page = OpenEndpoint("deliveries");
        page.WaitForElement("[data-testid=empty]").TextContent.ShouldContain("Nothing has been sent yet");

        page.Act("[data-testid=send-test]", element => element.Click());

        await AdvanceUntilAsync(() => page.FindAll("[data-testid=delivery-status]").Select(status => status.TextContent).ShouldBe(["Delivered"]));
        page.Find("[data-testid=delivery]").TextContent.ShouldContain("webhook.test");
    }

    [Fact]
    public async Task A_delivery_shows_its_request_answer_and_verified_signature()
    {
        var delivery = await House.TestAsync(_made.Id);

        var page = Open<WebhookDeliveryPage>(parameters => parameters.Add(page => page.Id, _made.Id).Add(page => page.Delivery, delivery.Id));

        page.WaitForElement("[data-testid=verified]").TextContent.ShouldBe("Signature verified");
        page.Find("[data-testid=request]").TextContent.ShouldContain("dojo-signature: sha256=");
        page.Find("[data-testid=response]").TextContent.ShouldStartWith("HTTP 200");
        page.Find("[data-testid=sample]").TextContent.ShouldContain("\"event\": \"webhook.test\"");
        page.Act("[data-testid=replay]", element => element.Click());
        await AdvanceUntilAsync(() => page.FindAll("[data-testid=attempt]").Count.ShouldBe(2));
    }

    [Fact]
    public async Task A_replay_says_how_many_first_and_many_want_their_number_typed()
    {
        await House.ExecuteAsync("""
            INSERT INTO webhook_deliveries (subscription_id, event_id, event, sequence, body, queued_at, attempts)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 30)
            SELECT s.id, 'evt_' || n, 'setup_intent.created', n, CAST('{}' AS BLOB), 1000000, 12 FROM numbers, webhook_subscriptions s
            """);
        var dialogs = Dialogs;
        var page = OpenEndpoint("deliveries");

        page.Act("[data-testid=replay-failed]", element => element.Click());

        dialogs.WaitForElement("[data-testid=replay-dialog]");
        dialogs.Markup.ShouldContain("Replay 30 events?");
        dialogs.Find("[data-testid=replay-confirm]").HasAttribute("disabled").ShouldBeTrue();
        dialogs.Act("[data-testid=typed-count]", element => element.Input("30"));
        dialogs.Act("[data-testid=replay-confirm]", element => element.Click());
        await AdvanceUntilAsync(() => page.FindAll("[data-testid=delivery-status]").Select(status => status.TextContent).ShouldBe(Enumerable.Repeat("Delivered", 30)));
    }

    [Fact]
    public async Task A_pause_is_one_click_and_so_is_going_on()
    {
        var page = OpenEndpoint();
        page.Act("[data-testid=pause-endpoint]", element => element.Click());
        page.WaitForElement("[data-testid=advice]").TextContent.ShouldContain("Paused: nothing is sent.");
        (await House.GetAsync(_made.Id)).State.ShouldBe(WebhookState.Paused);
        page.WaitForAssertion(() => Services.GetRequiredService<Dojo.Pci.Portal.Components.UndoToasts>().Done.ShouldBe("Endpoint paused"));

        page.Act("[data-testid=resume]", element => element.Click());
        page.WaitForAssertion(() => page.Find("[data-testid=state]").TextContent.ShouldBe("Active"));
    }

    [Fact]
    public async Task Events_are_chosen_and_saved()
    {
        var page = OpenEndpoint();
        page.WaitForElement("[data-testid=save]").HasAttribute("disabled").ShouldBeTrue();

        page.Act("input[name='setup_intent.created']", element => element.Change(false));
        page.Act("form[data-testid=edit]", element => element.Submit());

        page.WaitForElement("[data-testid=saved]");
        (await House.GetAsync(_made.Id)).Events.ShouldBe(WebhookEvents.Names.Where(name => name != "setup_intent.created"));
    }

    [Fact]
    public void Secrets_are_listed_without_their_values()
    {
        var page = OpenEndpoint("secrets");

        page.WaitForElement("[data-testid=secret-row]").TextContent.ShouldContain(_made.Secret.Id);
        page.Find("[data-testid=secret-state]").TextContent.ShouldBe("Active");
        page.Markup.ShouldNotContain("whsec_");
    }

    [Fact]
    public void Deleting_waits_for_the_host()
    {
        var page = OpenEndpoint();
        page.Act("[data-testid=typed-host]", element => element.Input("inspect"));
        page.Find("[data-testid=deletion] button[type=submit]").HasAttribute("disabled").ShouldBeTrue();
        page.Act("[data-testid=typed-host]", element => element.Input("inspector"));
        page.Act("[data-testid=deletion]", element => element.Submit());

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/webhook-endpoints?location=location&env=sandbox"));
    }

    [Fact]
    public void A_viewer_learns_nothing_and_an_auditor_changes_nothing()
    {
        Role = MemberRole.Viewer;
        var forbidden = OpenEndpoint();
        forbidden.WaitForAssertion(() => forbidden.Markup.ShouldContain("Your role does not allow this."));
        forbidden.Markup.ShouldNotContain(_made.Id);

        Role = MemberRole.Auditor;
        var readOnly = OpenEndpoint();
        readOnly.WaitForElement("[data-testid=facts]");
        readOnly.FindAll("form").ShouldBeEmpty();
        readOnly.FindAll("[data-testid=send-test]").ShouldBeEmpty();
    }

    [Fact]
    public void A_filter_in_the_address_that_makes_no_sense_is_said_and_shows_nothing()
    {
        Navigation.NavigateTo($"/webhook-endpoints/{_made.Id}?tab=deliveries&status=lost");
        var page = OpenEndpoint("deliveries");

        page.WaitForElement("[data-testid=misread]").TextContent.ShouldContain("status");
        page.FindAll("[data-testid=delivery]").ShouldBeEmpty();
    }

    private IRenderedComponent<WebhookEndpointPage> OpenEndpoint(string? tab = null)
    {
        if (tab is not null && !Navigation.Uri.Contains("tab=", StringComparison.Ordinal))
        {
            Navigation.NavigateTo($"/webhook-endpoints/{_made.Id}?tab={tab}");
        }

        return Open<WebhookEndpointPage>(parameters => parameters.Add(page => page.Id, _made.Id));
    }
}
