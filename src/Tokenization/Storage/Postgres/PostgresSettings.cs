using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>The settings of connections: the operator's, except those that this product depends on.</summary>
internal static class PostgresSettings
{
    // Seconds.
    private const int LongestWrite = 10;
    private const int LongestConnect = 5;

    /// <summary>The operator's connection string, with the fixed settings.</summary>
    public static string Of(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        IncludeErrorDetail = false, // it repeats values of rows
        Enlist = false,
        ApplicationName = "Dojo PCI Portal",
        NoResetOnClose = true, // sessions have no state, and a pool in front of the server may share them
    }.ToString();

    /// <summary>The same for the writer: a missing answer is given up within seconds, so that the waiting callers learn of it.</summary>
    public static string OfWriter(string target)
    {
        var settings = new NpgsqlConnectionStringBuilder(target);
        settings.CommandTimeout = settings.CommandTimeout == 0 ? LongestWrite : Math.Min(settings.CommandTimeout, LongestWrite);
        settings.Timeout = settings.Timeout == 0 ? LongestConnect : Math.Min(settings.Timeout, LongestConnect);
        return settings.ToString();
    }

    /// <summary>The database and server of a valid connection string.</summary>
    public static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{settings.Database} at {settings.Host}";
    }

    /// <summary>What is wrong with a connection string, as a sentence that does not repeat it; null if it is valid.</summary>
    public static string? FaultOf(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database)
                ? "Storage:ConnectionString must name a server and a database for Postgres: Host=db.internal;Database=portal;Username=portal."
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "Storage:ConnectionString is not a connection string for Postgres: Host=db.internal;Database=portal;Username=portal.";
        }
    }
}
