using System.Security.Cryptography;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The process is killed, and the end of the database's log is corrupt.</summary>
[Trait("Length", "Long")]
public sealed class DamagedLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garbage_behind_the_log_is_passed_over()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(50);
        await portal.KillAsync(Ct);
        await File.AppendAllBytesAsync(DatabaseFile.LogOf(portal), RandomNumberGenerator.GetBytes(100_000), Ct);

        await portal.StartAgainAsync(Ct);

        await caller.ShouldFindAllAcknowledgedAsync();
        await DatabaseFile.ShouldBeSoundAsync(portal);
        await caller.TokenizeAsync(10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    public async Task A_torn_last_frame_costs_its_own_commit_and_nothing_before_it(int lost)
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(50);
        string[] before = [.. caller.Acknowledged];
        await caller.TokenizeAsync();
        await portal.KillAsync(Ct);
        await using (var log = new FileStream(DatabaseFile.LogOf(portal), FileMode.Open, FileAccess.ReadWrite))
        {
            log.SetLength(log.Length - lost);
        }

        await portal.StartAgainAsync(Ct);

        foreach (var token in before)
        {
            (await caller.ReadAsync(token)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        await caller.ShouldOpenAsync(before[^1]);
        await DatabaseFile.ShouldBeSoundAsync(portal);
        await caller.TokenizeAsync(10);
    }
}
