using System.Diagnostics;
using Dojo.Pci.Portal.Telemetry;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>What remains on a span, whatever a version of the framework adds.</summary>
public sealed class SpanCleanerTests
{
    [Fact]
    public void Only_what_is_on_the_closed_list_stays_on_a_span()
    {
        using var cleaner = new SpanCleaner();
        using var span = new Activity("Microsoft.AspNetCore.Hosting.HttpRequestIn") { TraceStateString = "a=secret" };
        span.SetTag("url.path", "/setup-intents/secret").SetTag("url.query", "?reference=secret").SetTag("user_agent.original", "secret").SetTag("http.request.method_original", "secret")
            .SetTag("http.route", "/setup-intents/{id}").SetTag("http.response.status_code", 200).SetStatus(ActivityStatusCode.Error, "secret");

        cleaner.OnEnd(span);

        span.TagObjects.Select(tag => tag.Key).ShouldBe(["http.route", "http.response.status_code"], ignoreOrder: true);
        (span.TraceStateString, span.Status, span.StatusDescription).ShouldBe((null, ActivityStatusCode.Error, null));
    }
}
