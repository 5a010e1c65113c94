using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>The manual's script that takes tokens and payments through their lifecycles, run exactly as copied.</summary>
public sealed class LifecycleScriptTests
{
    private const string Mark = "<!-- lifecycle -->";
    private const string Opening = "```bash";
    private const string Closing = "```";

    [Fact]
    public async Task The_script_of_the_manual_takes_tokens_and_payments_through_every_status()
    {
        var ct = TestContext.Current.CancellationToken;
        var script = FindScript(await File.ReadAllLinesAsync(Path.Combine(RepositoryPaths.Root, "docs", "api.md"), ct));
        await using var portal = await PortalProcess.StartAsync(ct: ct);

        var (exitCode, output, errors) = await Script.RunAsync(
            script,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["BASE"] = portal.BaseAddress.GetLeftPart(UriPartial.Authority), ["KEY"] = await Calls.FirstKeyAsync(portal) },
            ct);

        exitCode.ShouldBe(0, $"{output}\n{errors}");
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["Created", "Canceled", "Expired", "CardExpired", "Authorized", "Closed", "Completed", "Authorized", "Captured", "Refunded", "Reversed", "Successful"], errors);
    }

    /// <summary>Finds the bash block directly after the mark.</summary>
    private static string FindScript(string[] readme)
    {
        var marks = readme.Count(line => line.Trim() == Mark);
        marks.ShouldBe(1, $"the manual marks its script with a line {Mark}");
        var after = readme.SkipWhile(line => line.Trim() != Mark).Skip(1).SkipWhile(string.IsNullOrWhiteSpace).ToList();
        after.FirstOrDefault()?.TrimEnd().ShouldBe(Opening);
        var block = after.Skip(1).TakeWhile(line => line.TrimEnd() != Closing).ToList();
        block.Count.ShouldBeLessThan(after.Count - 1, "the block has an end");
        block.ShouldNotBeEmpty();
        return string.Join('\n', block) + "\n";
    }
}
