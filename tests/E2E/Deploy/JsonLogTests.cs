using System.Text.Json;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Deploy;

/// <summary>The machine-readable log.</summary>
public sealed class JsonLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_setting_every_line_of_the_log_is_a_JSON_object_with_its_event()
    {
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Logging__Console__FormatterName"] = "json" } }, Ct);
        await portal.StopAsync(Ct);

        // What the first start prints for its operator is not part of the log.
        var lines = portal.Output.Where(line => line.Contains("Microsoft.Hosting.Lifetime", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeGreaterThan(2);
        foreach (var line in lines)
        {
            using var entry = JsonDocument.Parse(line);
            entry.RootElement.GetProperty("EventId").ValueKind.ShouldBe(JsonValueKind.Number);
            entry.RootElement.GetProperty("LogLevel").GetString().ShouldBe("Information");
            entry.RootElement.GetProperty("Message").GetString().ShouldNotBeNullOrEmpty();
        }
    }
}
