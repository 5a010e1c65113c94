using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>A file fills the file system of the database, and is then removed.</summary>
[Trait("Length", "Long")]
public sealed class FullDiskTests
{
    private const int Megabytes = 32;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_writes_are_refused_reads_go_on_and_all_is_well_once_there_is_room()
    {
        await using var disk = await Mount.SmallAsync(Megabytes);
        var settings = new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Portal__DataDirectory"] = Path.Combine(disk.Path, "data") } };
        await using var portal = await PortalProcess.StartAsync(settings, Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);

        var filler = Path.Combine(disk.Path, "filler");
        await FillAsync(filler);
        var refused = await caller.TokenizeUntilAsync(HttpStatusCode.ServiceUnavailable);
        Caller.ShouldBeUnavailable(refused, "The disk is full.");
        await portal.ShouldTurnRedAsync("The disk is full.");
        (await caller.ReadAsync(caller.Acknowledged.First())).Status.ShouldBe(HttpStatusCode.OK);
        Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), "The disk is full.");

        File.Delete(filler);
        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(20);

        await portal.KillAsync(Ct);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                await file.WriteAsync(block, Ct);
            }
        }
        catch (IOException)
        {
            // The file system is now full.
        }
    }
}
