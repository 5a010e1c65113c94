namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>Creates and locks the file of a database, before a connection to it is opened.</summary>
internal static class SqliteFile
{
    // The error codes of a file that another process has locked: EWOULDBLOCK of Linux and of the BSDs, ERROR_SHARING_VIOLATION of Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnBsd = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Creates an empty file if there is none.</summary>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        // Created here rather than by SQLite, which would let the umask decide who may read it. The files that SQLite puts
        // next to it inherit its mode.
        try
        {
            PrivateFiles.Create(path, UnixFileMode.UserRead | UnixFileMode.UserWrite).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process that starts on the empty directory has just created the file in the same way.
        }
    }

    /// <summary>Takes the lock that lets only one process serve a file: internal ids are counted in memory.</summary>
    /// <exception cref="StartRefusedException">Another process holds the lock.</exception>
    public static FileStream TakeLock(string path)
    {
        var file = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(Path.ChangeExtension(path, ".lock"), file);
        }
        catch (IOException taken) when (taken.HResult is WouldBlock or WouldBlockOnBsd or SharingViolation)
        {
            throw new StartRefusedException($"Another process is using {Path.GetDirectoryName(path)}.");
        }
    }
}
