using System.CommandLine;
using Dojo.Pci.Bench;
using Dojo.Pci.Bench.Crash;
using BenchProgram = Dojo.Pci.Bench.Program;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class OptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_measured()
    {
        var options = Parse();

        options.Shapes.ShouldBe(BenchOptions.ShapeNames);
        options.Json.ShouldBeNull();
        options.Round.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Arguments_are_understood_in_any_order()
    {
        var options = Parse("--seconds", "3", "--json", "--shapes", "growth,throughput", "--quick", "--rows", "20,000");

        options.Quick.ShouldBeTrue();
        options.Json.ShouldBe(BenchOptions.StandardOutput);
        options.Shapes.ShouldBe(["throughput", "growth"], "in the order in which they are measured");
        options.Rows.ShouldBe(20_000);
        options.Round.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Json_can_go_to_a_file()
    {
        var options = Parse("--json", "result.json", "--full");

        options.Json.ShouldBe("result.json");
        options.Full.ShouldBeTrue();
    }

    [Fact]
    public void Prism_can_be_given_another_description()
    {
        var file = typeof(OptionsTests).Assembly.Location;

        var options = Parse("--openapi", file);

        options.OpenApi.ShouldBe(file);
    }

    [Theory]
    [InlineData("--fast")]
    [InlineData("quick")]
    [InlineData("--quick", "please")]
    [InlineData("--quick", "--full")]
    [InlineData("--full", "--quick")]
    [InlineData("--shapes")]
    [InlineData("--shapes", "throughput,nothing")]
    [InlineData("--rows", "few")]
    [InlineData("--rows", "10")]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "601")]
    [InlineData("--openapi")]
    [InlineData("--openapi", "there-is-none.yaml")]
    [InlineData("crash", "--kills")]
    [InlineData("crash", "--kills", "0")]
    [InlineData("crash", "--quick")]
    [InlineData("crash", "20")]
    [InlineData("serve", "Product")]
    public void What_is_unknown_or_cannot_be_is_refused(params string[] arguments) => BenchProgram.Build().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public void A_crash_run_has_its_own_options()
    {
        var usual = ParseCrash();
        var chosen = ParseCrash("--seed", "7", "--kills", "20", "--frames", "1,000");

        usual.ShouldBe(new CrashOptions(1000, usual.Seed, 5_000_000));
        chosen.ShouldBe(new CrashOptions(20, 7, 1000));
    }

    private static BenchOptions Parse(params string[] arguments) => BenchOptions.Of(Understood(arguments));

    private static CrashOptions ParseCrash(params string[] arguments) => CrashOptions.Of(Understood(["crash", .. arguments]));

    private static ParseResult Understood(string[] arguments)
    {
        var parsed = BenchProgram.Build().Parse(arguments);
        parsed.Errors.ShouldBeEmpty();
        return parsed;
    }
}
