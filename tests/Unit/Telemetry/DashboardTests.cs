using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Telemetry;

/// <summary>The dashboard and the alert rules of <c>deploy/telemetry</c> query only metrics that the service exports.</summary>
public sealed partial class DashboardTests
{
    private static readonly string s_folder = Path.Combine(RepositoryFiles.Root, "deploy", "telemetry");

    [Fact]
    public async Task Each_metric_of_dashboard_and_alerts_is_there()
    {
        await using var observed = await ObservedPortal.StartAsync();
        using var client = observed.Portal.SandboxClient();
        await client.TokenOfAsync();
        await client.TokenizeAsync("{}");
        GC.Collect(); // the runtime reports metrics of the last collection
        var scraped = Names().Matches(await observed.ScrapeAsync()).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var ours = Instruments();

        // The Prometheus names of our metrics are known, even for those without a value yet.
        scraped.Where(name => OursAlone().IsMatch(name) && !ours.Contains(name)).ShouldBeEmpty();
        ours.UnionWith(scraped);
        var asked = await AskedAsync();
        asked.Count.ShouldBeGreaterThan(20);
        asked.Where(name => !ours.Contains(name)).ShouldBeEmpty();
    }

    private static async Task<HashSet<string>> AskedAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(s_folder, "dashboard.json"), ct));
        var queries = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)
            .Append(await File.ReadAllTextAsync(Path.Combine(s_folder, "alerts.yaml"), ct));
        return queries.SelectMany(query => Asked().Matches(Grouping().Replace(query, ""))).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names of our instruments in this process as Prometheus has them.</summary>
    private static HashSet<string> Instruments()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("Dojo.Pci.", StringComparison.Ordinal))
            {
                var name = instrument.Name.Replace('.', '_') + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
                string[] parts = instrument switch
                {
                    Histogram<double> or Histogram<int> => [name, $"{name}_bucket", $"{name}_sum", $"{name}_count"],
                    Counter<long> => [$"{name}_total"],
                    _ => [name],
                };
                names.UnionWith(parts);
            }
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex("^(?<name>[a-z][a-z0-9_]*)[{ ]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("^(api|vault|acquirer|webhook|portal|writes|request_log)_", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OursAlone();

    [GeneratedRegex(@"\bby \([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b(api|vault|acquirer|webhook|portal|writes|request_log|dotnet|kestrel|http)_[a-z0-9_]+(?=[{\[) ]|$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Asked();
}
