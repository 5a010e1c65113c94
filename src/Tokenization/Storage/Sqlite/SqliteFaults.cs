using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>Distinguishes a database that cannot serve now from a bug of ours, by SQLite's result codes.</summary>
internal static class SqliteFaults
{
    /// <summary>Converts any exception for callers: an exception of SQLite as <see cref="ToUnavailable"/> does, any other unchanged.</summary>
    public static Exception Told(Exception exception) => exception is SqliteException fault ? ToUnavailable(fault) : exception;

    /// <summary>Converts a failure for callers: to <see cref="UnavailableException"/> if a retry can help, otherwise unchanged.</summary>
    public static Exception ToUnavailable(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new UnavailableException("The database is locked.", exception),
        SQLitePCL.raw.SQLITE_FULL => new UnavailableException("The disk is full.", exception),
        SQLitePCL.raw.SQLITE_READONLY => new UnavailableException("The database is read-only.", exception),
        SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            new UnavailableException("The database cannot be read or written.", exception),
        _ => exception,
    };
}
