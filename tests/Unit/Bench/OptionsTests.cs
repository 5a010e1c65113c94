using Dojo.Pci.Portal.Cli.Bench;
using Dojo.Pci.Portal.Cli.Bench.Crash;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class OptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_measured()
    {
        BenchOptions.TryParse([], out var options).ShouldBeTrue();

        options.Shapes.ShouldBe(BenchOptions.ShapeNames);
        options.Json.ShouldBeNull();
        options.Round.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Arguments_are_understood_in_any_order()
    {
        BenchOptions.TryParse(["--seconds", "3", "--json", "--shapes", "growth,throughput", "--quick", "--rows", "20,000"], out var options).ShouldBeTrue();

        options.Quick.ShouldBeTrue();
        options.Json.ShouldBe(BenchOptions.StandardOutput);
        options.Shapes.ShouldBe(["throughput", "growth"], "in the order in which they are measured");
        options.Rows.ShouldBe(20_000);
        options.Round.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Json_can_go_to_a_file()
    {
        BenchOptions.TryParse(["--json", "result.json", "--full"], out var options).ShouldBeTrue();

        options.Json.ShouldBe("result.json");
        options.Full.ShouldBeTrue();
    }

    [Fact]
    public void Prism_can_be_given_another_description()
    {
        var file = typeof(OptionsTests).Assembly.Location;

        BenchOptions.TryParse(["--openapi", file], out var options).ShouldBeTrue();

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
    public void What_is_unknown_or_cannot_be_is_refused(params string[] arguments) => BenchOptions.TryParse(arguments, out _).ShouldBeFalse();

    [Fact]
    public void A_crash_run_has_its_own_options()
    {
        CrashOptions.TryParse([], seed: 9, out var usual).ShouldBeTrue();
        CrashOptions.TryParse(["--seed", "7", "--kills", "20", "--frames", "1,000"], seed: 9, out var chosen).ShouldBeTrue();

        usual.ShouldBe(new CrashOptions(1000, 9, 5_000_000));
        chosen.ShouldBe(new CrashOptions(20, 7, 1000));
    }

    [Theory]
    [InlineData("--kills")]
    [InlineData("--kills", "0")]
    [InlineData("--quick")]
    [InlineData("20")]
    public void Others_are_refused_for_a_crash_run_too(params string[] arguments) => CrashOptions.TryParse(arguments, seed: 9, out _).ShouldBeFalse();
}
