using System.Data;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Runs commands with several statements. In a synchronous call, Npgsql 10 writes all statements but the first on another thread while this one reads. If the
/// connection ends at that moment, both clean up and can wait for each other forever (<c>NpgsqlConnector.Break</c>), and with them every such command of the
/// process. In an asynchronous call, Npgsql has written everything before it reads.
/// </summary>
internal static class WholeCommands
{
    /// <inheritdoc cref="NpgsqlBatch.ExecuteReader(CommandBehavior)"/>
    public static NpgsqlDataReader ReadWhole(this NpgsqlBatch batch) => batch.ExecuteReaderAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="NpgsqlCommand.ExecuteReader(CommandBehavior)"/>
    public static NpgsqlDataReader ReadWhole(this NpgsqlCommand command, CommandBehavior behavior = CommandBehavior.Default) => command.ExecuteReaderAsync(behavior).GetAwaiter().GetResult();

    /// <inheritdoc cref="NpgsqlBatch.ExecuteNonQuery"/>
    public static int RunWhole(this NpgsqlBatch batch) => batch.ExecuteNonQueryAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="NpgsqlCommand.ExecuteNonQuery"/>
    public static int RunWhole(this NpgsqlCommand command) => command.ExecuteNonQueryAsync().GetAwaiter().GetResult();
}
