using Dojo.Pci.Tests.E2E.Infrastructure;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The portal's database as another program on the machine sees it.</summary>
internal static class DatabaseFile
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Of(PortalProcess portal) => Path.Combine(portal.Directory, "data", "portal.db");

    public static string LogOf(PortalProcess portal) => Of(portal) + "-wal";

    /// <summary>Opens the database and keeps the locks that the statement takes until the connection is disposed.</summary>
    public static async Task<SqliteConnection> HoldAsync(PortalProcess portal, string sql)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Of(portal), Pooling = false }.ToString());
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    /// <summary>Checks that SQLite finds no fault in the database.</summary>
    public static async Task ShouldBeSoundAsync(PortalProcess portal)
    {
        await using var connection = await HoldAsync(portal, "SELECT 1");
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        (await command.ExecuteScalarAsync(Ct)).ShouldBe("ok");
    }
}
