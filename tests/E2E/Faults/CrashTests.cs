using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Acknowledged tokens survive a killed process: the short form of the benchmark's <c>crash</c>, on the real program.</summary>
[Trait("Length", "Long")]
public sealed class CrashTests
{
    private static readonly string[] s_crash = ["crash", "--kills", "20", "--seed", "4711", "--frames", "100000"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_kills_under_load_and_a_log_under_stress_lose_nothing_that_was_acknowledged()
    {
        var (exitCode, printed) = await DotnetProgram.RunAsync(DotnetProgram.StartInfo(RepositoryPaths.BenchAssembly, s_crash), Ct);

        printed.ShouldContain("pass: 20 kills", customMessage: printed);
        printed.ShouldContain("every row as committed, the file whole.", customMessage: printed);
        exitCode.ShouldBe(0, printed);
    }
}
