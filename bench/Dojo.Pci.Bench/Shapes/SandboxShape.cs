using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>Test cards in the sandbox compared with real cards: the simulated issuer answers each, which adds an event.</summary>
internal static class SandboxShape
{
    public static async Task RunAsync(BenchRun run)
    {
        await using var product = await run.ServeAsync(ServerKind.Product);
        var sandbox = new LoadCase("product, sandbox", product, Traffic.Sandbox(product), 64);
        await LoadCase.InTurnAsync(run, 3, [sandbox]);
        run.Add(sandbox.ToMeasurement("sandbox"));
    }
}
