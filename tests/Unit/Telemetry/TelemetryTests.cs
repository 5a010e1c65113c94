using System.Net;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Security;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tests.Unit.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>What must and must not arrive at a telemetry receiver.</summary>
public sealed class TelemetryTests
{
    private const string Reference = "Canary-reference-4711";

    [Fact]
    public async Task Traces_metrics_and_logs_arrive_and_hold_no_card_number_key_reference_or_address()
    {
        await using var observed = await ObservedPortal.StartAsync();
        var portal = observed.Portal;
        using var sandbox = portal.SandboxClient();
        using var production = portal.ProductionClient();
        using var anonymous = portal.AnonymousClient();
        var number = CardNumbers.Unlisted();
        var scanner = new CanaryScanner()
            .AddText("sandbox key", portal.SandboxKey.Secret).AddText("production key", portal.ProductionKey.Secret).AddText("acquirer's key", ReferenceAcquirer.ApiKey)
            .AddText("test card", ACard.Approved).AddText("card", number).AddText("reference", Reference).AddText("e-mail", "canary.person@example.com");
        (await sandbox.SubscribeAsync($"{observed.Webhooks.Address}/hooks/{Reference}", "setup_intent.created")).ShouldBeOk();

        // A card in both environments, a refused body, and secrets wherever a careless caller puts them.
        var token = await sandbox.TokenOfAsync(new ACard { Reference = Reference });
        await production.TokenOfAsync(new ACard { Number = number, Reference = Reference });
        (await sandbox.TokenizeAsync(new ACard { Number = number, Reference = number }.ToJson())).Status.ShouldBe(HttpStatusCode.BadRequest);
        await sandbox.AskAsync(HttpMethod.Get, $"/setup-intents?reference={Reference}");
        await sandbox.AskAsync(HttpMethod.Get, $"/setup-intents/{number}?card={number}", null, ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("tracestate", $"a={number}"), ("baggage", $"reference={Reference}"));
        await anonymous.AskAsync(HttpMethod.Get, $"/{Reference}?key={portal.SandboxKey.Secret}", null, ("User-Agent", Reference), ("traceparent", $"00-0000000000000000{number}-b7ad6b7169203331-01"));
        await anonymous.AskAsync(HttpMethod.Get, "/canary.person@example.com?e=canary.person@example.com");
        await observed.Webhooks.NextAsync();
        using var person = new APerson(portal) { Email = "canary.person@example.com" };
        await person.SetUpAsync(await APerson.LinkAsync(portal));
        await person.Browser.OpenAsync($"/tokens?q={Reference}");
        portal.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Canary").Log(LogLevel.Warning, default, $"A card that somebody tried to log: {number}", null, (text, _) => text);
        observed.Flush();

        var traces = observed.Telemetry.TextsOf("traces");
        foreach (var span in new[] { "POST /setup-intents", "GET /setup-intents/{id}", "vault.write", "acquirer authorizations", "webhook deliver", "http.route", "dojo-pci-portal" })
        {
            traces.Contains(span).ShouldBeTrue(span);
        }

        var metrics = observed.Telemetry.TextsOf("metrics");
        foreach (var metric in new[] { "api.request.duration", "api.refusals", "vault.commit.duration", "vault.key.age", "webhook.attempt.duration", "acquirer.request.duration", "CardNumber", "4xx" })
        {
            metrics.Contains(metric).ShouldBeTrue(metric);
        }

        observed.Telemetry.TextsOf("logs").ShouldContain(text => text.StartsWith("[withheld:", StringComparison.Ordinal));
        observed.Telemetry.Tokens.ShouldAllBe(sent => sent == "a 100% token==");
        scanner.AddText("token", token);
        foreach (var message in observed.Telemetry.Messages)
        {
            scanner.Find("what was sent", message).ShouldBeEmpty();
        }

        scanner.Find("/metrics", await observed.ScrapeAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_are_served_at_their_own_address_alone_and_nothing_else_is_served_there()
    {
        await using var observed = await ObservedPortal.StartAsync();
        using var atMetrics = new HttpClient { BaseAddress = observed.MetricsAddress };
        using var atPortal = observed.Portal.AnonymousClient();
        var ct = TestContext.Current.CancellationToken;

        observed.MetricsAddress.Port.ShouldNotBe(observed.Portal.BaseAddress.Port);
        (await atPortal.GetAsync("/metrics", ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await atMetrics.GetAsync("/setup-intents", ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await atMetrics.GetAsync("/", ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await observed.ScrapeAsync()).ShouldContain("vault_commit_duration_seconds_count");
    }

    [Fact]
    public async Task As_it_comes_nothing_is_measured_for_anyone()
    {
        await using var portal = await PortalFactory.StartAsync();

        portal.Services.GetService<TracerProvider>().ShouldBeNull();
        portal.Services.GetService<MeterProvider>().ShouldBeNull();
    }
}
