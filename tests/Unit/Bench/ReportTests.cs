using System.Text.Json;
using Dojo.Pci.Bench;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Shapes;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class ReportTests
{
    private static readonly Figure s_rate = new("rate", "durable / echo", Must: 0.15, Aim: 0.40, "", IsLeast: true);
    private static readonly Figure s_wait = new("wait", "p99", Must: 15, Aim: 5, "ms", IsLeast: false);

    [Theory]
    [InlineData(0.14, "FAIL")]
    [InlineData(0.15, "pass")]
    [InlineData(0.40, "pass *")]
    [InlineData(double.NaN, "FAIL")]
    public void More_is_better_for_a_figure_that_must_be_at_least(double value, string verdict) => new FigureResult(s_rate, value, "").Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(15.1, "FAIL")]
    [InlineData(15, "pass")]
    [InlineData(4.9, "pass *")]
    [InlineData(double.NaN, "FAIL")]
    public void Less_is_better_for_a_figure_that_must_be_at_most(double value, string verdict) => new FigureResult(s_wait, value, "").Verdict.ShouldBe(verdict);

    [Fact]
    public void What_was_not_run_neither_passes_nor_fails()
    {
        var result = new FigureResult(s_wait, Value: null, "there is no C compiler; apt-get install gcc");

        result.Verdict.ShouldBe("not run");
        result.Fails.ShouldBeFalse();
        ReportOf(result).Passes.ShouldBeTrue();
    }

    [Fact]
    public void One_figure_that_fails_fails_the_report() =>
        ReportOf(new FigureResult(s_rate, 0.5, ""), new FigureResult(s_wait, 99, "")).Passes.ShouldBeFalse();

    [Fact]
    public void The_table_has_each_figure_with_what_it_must_be_and_why_it_was_not_run()
    {
        var text = Print(ReportOf(new FigureResult(s_rate, 0.2345, "1,000,000 rows"), new FigureResult(s_wait, Value: null, "there is no Node")));

        Row(text, "durable / echo").ShouldBe(["durable / echo", "0.234", "≥ 0.15", "≥ 0.4", "pass", "1,000,000 rows"]);
        Row(text, "p99").ShouldBe(["p99", "", "≤ 15 ms", "≤ 5 ms", "not run", "there is no Node"]);
    }

    [Fact]
    public void The_table_has_what_was_measured()
    {
        var latencies = new LatencyHistogram();
        latencies.Record(TimeSpan.FromMilliseconds(2));
        var line = new Measurement("throughput", "product") { Connections = 64, Rate = 12345.6, CpuMicroseconds = 80, Bytes = 4096, GeneratorMicroseconds = 10 }.With(latencies);

        var row = Row(Print(ReportOf() with { Measurements = [line] }), "throughput");

        row[..4].ShouldBe(["throughput", "product", "64", "12,346"]);
        row[8..11].ShouldBe(["80", "4,096", "10"]);
    }

    [Fact]
    public void Programs_get_every_figure_with_its_verdict()
    {
        using var json = JsonDocument.Parse(ReportOf(new FigureResult(s_wait, 20, "")).ToJson());

        var figure = json.RootElement.GetProperty("figures")[0];
        figure.GetProperty("figure").GetProperty("id").GetString().ShouldBe("wait");
        figure.GetProperty("value").GetDouble().ShouldBe(20);
        figure.GetProperty("verdict").GetString().ShouldBe("FAIL");
        json.RootElement.GetProperty("passes").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Every_figure_aims_at_more_than_it_must_be() =>
        Figure.All.ShouldAllBe(figure => figure.Reaches(figure.Aim, figure.Must) && !figure.Reaches(figure.Must, figure.Aim));

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[] { }, 0)]
    public void The_median_is_the_value_in_the_middle(double[] values, double median) => Statistics.Median(values).ShouldBe(median);

    private static Report ReportOf(params FigureResult[] figures) => new("2 cores", DateTimeOffset.UnixEpoch, IsIndicative: false, figures, []);

    private static string Print(Report report)
    {
        using var text = new StringWriter();
        report.Write(Terminal.Open(text, isRedirected: true));
        return text.ToString();
    }

    private static string[] Row(string text, string first) =>
        [.. text.Split('\n').Single(line => line.StartsWith($"| {first} ", StringComparison.Ordinal)).Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
