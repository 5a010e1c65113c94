using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Another program holds a read transaction open, so the write-ahead log cannot restart.</summary>
[Trait("Length", "Long")]
public sealed class EndlessReaderTests
{
    private const int LargestLogMegabytes = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_stops_growing_at_its_limit_reads_go_on_and_writes_do_again_once_the_reader_is_gone()
    {
        var settings = new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage__LargestLogMegabytes"] = $"{LargestLogMegabytes}" } };
        await using var portal = await PortalProcess.StartAsync(settings, Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(5);
        var log = new FileInfo(DatabaseFile.LogOf(portal));

        await using (await DatabaseFile.HoldAsync(portal, "BEGIN; SELECT COUNT(*) FROM setup_intents"))
        {
            var refused = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => caller.TokenizeUntilAsync(HttpStatusCode.ServiceUnavailable)));
            Caller.ShouldBeUnavailable(refused[0], "A reader keeps the log of the database from starting over.");
            await portal.ShouldTurnRedAsync("A reader keeps the log of the database from starting over.");
            log.Refresh();

            // The log's size is checked every four megabytes.
            log.Length.ShouldBeInRange(LargestLogMegabytes << 20, (LargestLogMegabytes + 6) << 20);
            (await caller.ReadAsync(caller.Acknowledged.First())).Status.ShouldBe(HttpStatusCode.OK);
        }

        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(20);
        log.Refresh();
        log.Length.ShouldBeLessThan(LargestLogMegabytes << 20);
        await caller.ShouldFindAllAcknowledgedAsync();
    }
}
