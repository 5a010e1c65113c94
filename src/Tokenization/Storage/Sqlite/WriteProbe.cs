using Dapper;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>Tests whether the database can be written by writing to it, which is the only proof.</summary>
internal static class WriteProbe
{
    // Enough for some batches. With room for only one page the service would resume and stop again immediately.
    private const int Room = 4 * 1024 * 1024;

    /// <summary>Writes one page within a transaction without changing anything.</summary>
    public static bool WritePage(SqliteConnection connection)
    {
        // An empty transaction would not touch the disk. We do not use this number: the schema's version is kept in a table.
        connection.Execute($"PRAGMA user_version = {connection.ExecuteScalar<long>("PRAGMA user_version")}");
        return true;
    }

    /// <summary>Whether the disk has room for a file of some length next to the database.</summary>
    public static bool HasRoomBeside(string databaseFile)
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = Room, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(Path.ChangeExtension(databaseFile, ".room"), file).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
