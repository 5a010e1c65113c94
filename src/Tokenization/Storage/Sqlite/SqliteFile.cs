namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>The file of a database, before a connection to it is opened.</summary>
internal static class SqliteFile
{
    // How systems say that another process has locked the file: EWOULDBLOCK of Linux and of the BSDs, ERROR_SHARING_VIOLATION.
    private const int WouldBlock = 11;
    private const int WouldBlockOnBsd = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Makes it, empty, where it is not there.</summary>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        // Made here rather than by SQLite, which would let the umask decide who may read it. The files that SQLite puts
        // beside it take over its mode.
        try
        {
            PrivateFiles.Create(path, UnixFileMode.UserRead | UnixFileMode.UserWrite).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process that starts on the empty directory has just made it, in the same way.
        }
    }

    /// <summary>Takes the lock by which one process serves a file at a time: it counts internal ids in memory.</summary>
    /// <exception cref="StartRefusedException">Another process has it.</exception>
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
