using System.Diagnostics;
using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The files that the portal has open are removed, moved or replaced while it serves.</summary>
[Trait("Length", "Long")]
public sealed class DisplacedTests
{
    private const string Reason = "The database is no longer where it was opened.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_data_directory_that_is_moved_ends_reads_and_writes_and_all_goes_on_once_it_is_back()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);
        var data = Path.Combine(portal.Directory, "data");

        Directory.Move(data, data + ".away");

        // The portal notices without any health request or write.
        await ReadsShouldEndAsync(caller);
        await portal.ShouldTurnRedAsync(Reason);
        Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), Reason);
        portal.Output.ShouldContain(line => line.Contains($"The open database is no longer at {data}/portal.db", StringComparison.Ordinal));

        Directory.Move(data + ".away", data);
        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(5);
        await portal.KillAsync(Ct);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
    }

    [Fact]
    public async Task Under_load_nothing_is_acknowledged_that_is_not_in_the_directory_that_was_moved_away()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        var data = Path.Combine(portal.Directory, "data");
        var load = Enumerable.Range(0, 16).Select(_ => caller.TokenizeUntilAsync(HttpStatusCode.ServiceUnavailable)).ToArray();
        while (caller.Acknowledged.Count < 200)
        {
            await Task.Delay(10, Ct);
        }

        Directory.Move(data, data + ".away");
        Caller.ShouldBeUnavailable((await Task.WhenAll(load))[0], Reason);
        await portal.KillAsync(Ct);
        Directory.Move(data + ".away", data);

        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
        await DatabaseFile.ShouldBeSoundAsync(portal);
    }

    [Fact]
    public async Task A_database_that_is_replaced_stays_refused_and_the_new_one_is_left_as_it_is()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);
        var file = DatabaseFile.Of(portal);
        await File.WriteAllTextAsync(file + ".new", "a database of somebody else", Ct);

        File.Move(file + ".new", file, overwrite: true);

        await portal.ShouldTurnRedAsync(Reason);
        Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), Reason);
        (await caller.ReadAsync(caller.Acknowledged.First())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await portal.StopAsync(Ct);
        portal.ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(file, Ct)).ShouldBe("a database of somebody else");
    }

    [Fact]
    public async Task A_log_that_is_removed_costs_nothing_that_was_acknowledged()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);

        File.Delete(DatabaseFile.LogOf(portal));

        await portal.ShouldTurnRedAsync("The log of the database was removed.");
        await ReadsShouldEndAsync(caller);
        await portal.KillAsync(Ct);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
        await DatabaseFile.ShouldBeSoundAsync(portal);
    }

    // The portal checks twice a second. How soon a test sees the result also depends on the machine.
    private static async Task ReadsShouldEndAsync(Caller caller)
    {
        var token = caller.Acknowledged.First();
        var waited = Stopwatch.StartNew();
        while ((await caller.ReadAsync(token)).Status == HttpStatusCode.OK)
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(20, Ct);
        }

        (await caller.ReadAsync(token)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
