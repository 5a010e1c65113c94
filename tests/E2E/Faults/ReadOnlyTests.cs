using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The database's directory, or the database itself, is read-only.</summary>
[Trait("Length", "Long")]
public sealed class ReadOnlyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_that_cannot_be_written_refuses_the_start_and_is_named()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await portal.StopAsync(Ct);
        await using var view = await Mount.ReadOnlyViewAsync(Path.Combine(portal.Directory, "data"));

        var (exitCode, printed) = await portal.CommandAsync(["--urls", "http://127.0.0.1:0", "--Portal:DataDirectory", view.Path], Ct);

        exitCode.ShouldBe(1);
        printed.ShouldContain(Path.Combine(view.Path, "portal."));
        printed.ShouldContain("Read-only file system");
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_refuses_the_start_and_is_named()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await portal.StopAsync(Ct);
        await Machine.RunAsync("chattr", "+i", DatabaseFile.Of(portal));
        try
        {
            var (exitCode, printed) = await portal.CommandAsync(["--urls", "http://127.0.0.1:0"], Ct);

            exitCode.ShouldBe(1);
            printed.ShouldContain($"The database {DatabaseFile.Of(portal)} cannot be opened.");
        }
        finally
        {
            await Machine.RunAsync("chattr", "-i", DatabaseFile.Of(portal));
        }
    }

    [Fact]
    public async Task What_turns_read_only_while_it_is_served_refuses_writes_serves_reads_and_recovers_by_itself()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);

        string[] files = [DatabaseFile.Of(portal), DatabaseFile.LogOf(portal)];
        await Machine.RunAsync("chattr", ["+i", .. files]);
        try
        {
            await portal.ShouldTurnRedAsync("The database cannot be read or written.");
            Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), "The database cannot be read or written.");
            (await caller.ReadAsync(caller.Acknowledged.First())).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await Machine.RunAsync("chattr", ["-i", .. files]);
        }

        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(20);
        await portal.KillAsync(Ct);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
    }
}
