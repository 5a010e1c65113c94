using System.Globalization;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Npgsql;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>A vault moves to PostgreSQL and back while the copying program is killed.</summary>
[Trait("Length", "Long")]
public sealed class StorageCopyTests
{
    private const int Requests = 300_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vault_moves_to_PostgreSQL_and_back_and_keeps_every_token_though_the_copying_is_killed()
    {
        using var server = new PostgresCluster();
        server.Run("postgres", "CREATE DATABASE portal ENCODING 'UTF8' TEMPLATE template0");
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using var portal = await PortalProcess.StartAsync(new PortalSettings { Variables = variables }, Ct);
        var caller = await Caller.OfAsync(portal);
        await caller.TokenizeAsync(20);
        (await CopyAsync(portal, server, "sqlite", "postgres")).Printed.ShouldContain("Another process is using", customMessage: "it is being served");
        await portal.StopAsync(Ct);
        await LengthenLogAsync(portal);

        foreach (var rows in new[] { 1, Requests / 3, Requests * 2 / 3 })
        {
            await KillAfterAsync(portal, server, "sqlite", "postgres", () => RowsInPostgres(server) >= rows);
        }

        (variables["Storage__Provider"], variables["Storage__ConnectionString"]) = ("Postgres", server.TargetOf("portal"));
        var early = await portal.CommandAsync(["accounts", "list"], Ct);
        early.ExitCode.ShouldBe(1);
        early.Printed.ShouldContain("a copy that was not finished");
        await ShouldSucceedAsync(portal, server, "sqlite", "postgres");
        File.Move(DatabaseFile.Of(portal), DatabaseFile.Of(portal) + ".before");
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
        await caller.TokenizeAsync(20);
        (await CopyAsync(portal, server, "postgres", "sqlite")).Printed.ShouldContain("Another process of this program", customMessage: "it is being served");
        await portal.StopAsync(Ct);

        await KillAfterAsync(portal, server, "postgres", "sqlite", () => new FileInfo(DatabaseFile.Of(portal)) is { Exists: true, Length: > 16 * 1024 * 1024 });
        await ShouldSucceedAsync(portal, server, "postgres", "sqlite");
        variables.Clear();
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
        await DatabaseFile.ShouldBeSoundAsync(portal);
    }

    // Enough rows that copying them takes a while.
    private static async Task LengthenLogAsync(PortalProcess portal)
    {
        await using var connection = await DatabaseFile.HoldAsync(portal, string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Requests})
            INSERT INTO request_logs (account_id, location_id, environment, at, duration, method, route, status, trace_id)
            SELECT 1, 1, 0, (SELECT MAX(at) FROM request_logs), n, 'GET', '/setup-intents/:id', 200, printf('%032x', n) FROM numbers
            """));
    }

    private static long RowsInPostgres(PostgresCluster server)
    {
        using var connection = new NpgsqlConnection(server.TargetOf("portal"));
        connection.Open();
        using var command = new NpgsqlCommand("SELECT copied_rows FROM unfinished_copy WHERE copied_table = 'request_logs'", connection);
        try
        {
            return command.ExecuteScalar() is long rows ? rows : 0;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    private static IEnumerable<string> Words(PostgresCluster server, string from, string to) =>
        ["storage", "copy", "--from", from, "--to", to, "--Storage:ConnectionString", server.TargetOf("portal")];

    private static Task<(int ExitCode, string Printed)> CopyAsync(PortalProcess portal, PostgresCluster server, string from, string to) => portal.CommandAsync(Words(server, from, to), Ct);

    private static async Task ShouldSucceedAsync(PortalProcess portal, PostgresCluster server, string from, string to)
    {
        var (exitCode, printed) = await CopyAsync(portal, server, from, to);
        exitCode.ShouldBe(0, printed);
        printed.ShouldContain("both sides are equal");
        printed.ShouldContain("The database is intact.");
    }

    private static async Task KillAfterAsync(PortalProcess portal, PostgresCluster server, string from, string to, Func<bool> isFarEnough)
    {
        using var process = portal.BeginCommand(Words(server, from, to));
        while (!isFarEnough())
        {
            process.HasExited.ShouldBeFalse("it should have been killed before it was done");
            await Task.Delay(5, Ct);
        }

        process.Kill();
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldNotBe(0);
    }
}
