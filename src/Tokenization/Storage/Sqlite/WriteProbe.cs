using Dapper;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>How it is found out whether something can be written, by writing it: nothing else is a proof.</summary>
internal static class WriteProbe
{
    // Some batches. With room for a page alone the service would begin, and end again at once.
    private const int Room = 4 * 1024 * 1024;

    /// <summary>Writes one page within a transaction, and changes nothing.</summary>
    public static bool WritePage(SqliteConnection connection)
    {
        // An empty transaction would touch no disk. The number is nobody's here: the schema's version is a table.
        connection.Execute($"PRAGMA user_version = {connection.ExecuteScalar<long>("PRAGMA user_version")}");
        return true;
    }

    /// <summary>Whether a file of some length can be put beside the database.</summary>
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
