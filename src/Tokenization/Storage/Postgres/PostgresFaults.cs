using System.Net.Sockets;
using Dojo.Pci.Tokenization.Results;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>Distinguishes a server that cannot serve now from a bug of ours, by PostgreSQL's error codes (its documentation, appendix A).</summary>
internal static class PostgresFaults
{
    /// <summary>Converts a failure for callers: to <see cref="UnavailableException"/> if a retry can help, otherwise unchanged.</summary>
    public static Exception Told(Exception exception) => exception switch
    {
        PostgresException fault => Cause(fault.SqlState) is { } cause ? new UnavailableException(cause, fault) : fault,
        NpgsqlOperationInProgressException => exception, // a bug of ours
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException => new UnavailableException("The database cannot be reached.", exception),
        _ => exception,
    };

    private static string? Cause(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => "The disk of the database is full.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The database is read-only.",
        PostgresErrorCodes.TooManyConnections => "The database has no connections left.",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled => "The database is locked.",
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) => "The database cannot be reached.",
        _ when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) || state.StartsWith("XX", StringComparison.Ordinal) => "The database cannot be read or written.",
        _ => null,
    };
}
