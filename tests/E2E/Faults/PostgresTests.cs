using System.Globalization;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Npgsql;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The portal on a PostgreSQL server that goes away and returns. <c>PORTAL_TEST_HITS</c> sets the number of terminations, for long manual runs.</summary>
[Trait("Length", "Long")]
public sealed class PostgresTests
{
    private static readonly int s_hits = int.Parse(Environment.GetEnvironmentVariable("PORTAL_TEST_HITS") ?? "10", CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_product_runs_on_PostgreSQL_and_what_it_acknowledged_survives_a_kill_of_itself_and_of_the_server()
    {
        using var server = new PostgresCluster();
        server.Run("postgres", "CREATE USER service");
        server.Run("postgres", "CREATE DATABASE portal OWNER service ENCODING 'UTF8' TEMPLATE template0");
        var target = new NpgsqlConnectionStringBuilder(server.TargetOf("portal")) { Username = "service" };
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage__Provider"] = "Postgres", ["Storage__ConnectionString"] = target.ToString() } }, Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);

        // From now on the portal's role owns nothing, yet everything works as before.
        var (exitCode, printed) = await portal.CommandAsync(["migrate", "--roles", "--Storage:ConnectionString", server.TargetOf("portal")], Ct);
        exitCode.ShouldBe(0, printed);
        server.Run("postgres", "ALTER DATABASE portal OWNER TO portal");
        server.Run("postgres", "GRANT dojo_pci_app TO service");
        await caller.TokenizeAsync(20);

        await portal.KillAsync(Ct);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();

        server.Kill();
        await portal.ShouldTurnRedAsync("The database");
        Caller.ShouldBeUnavailable(await caller.TokenizeAsync(), "The database cannot be reached.");
        server.Start();
        await portal.ShouldBeGreenAsync();
        await caller.TokenizeAsync(20);
        await caller.ShouldFindAllAcknowledgedAsync();
        Directory.GetFiles(portal.Directory, "*.db", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_connections_are_ended_at_random_nothing_that_was_acknowledged_is_lost()
    {
        using var server = new PostgresCluster();
        server.Run("postgres", "CREATE DATABASE portal ENCODING 'UTF8' TEMPLATE template0");
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage__Provider"] = "Postgres", ["Storage__ConnectionString"] = $"{server.TargetOf("portal")};Max Auto Prepare=200" } }, Ct);
        var caller = await Caller.OfAsync(portal);

        for (var hit = 0; hit < s_hits; hit++)
        {
            var crowd = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => caller.TokenizeAsync()));
            server.Terminate(server.TargetOf("portal"));
            await crowd;
            await caller.TokenizeUntilAsync(System.Net.HttpStatusCode.OK);
        }

        await portal.ShouldBeGreenAsync();
        await caller.ShouldFindAllAcknowledgedAsync();
    }
}
