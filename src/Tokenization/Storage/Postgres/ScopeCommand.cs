using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Tells the server which rows the following statements may touch (docs/adr/0037-row-level-security.md). The command is sent with them in one round trip and
/// its setting ends with their transaction, so a pool that hands out connections by transaction carries nothing over from one to the next.
/// </summary>
internal static class ScopeCommand
{
    /// <summary>The statement, which has the parameter <see cref="Parameter"/>.</summary>
    public const string Sql = $"SELECT set_config('portal.scope', @{Parameter}, true)";

    /// <summary>
    /// The same statement before a query for the beginning of a list in the order of an index (<see cref="IStoreConnection.FollowsIndexOrder"/>). The server's statistics
    /// ignore the correlation of columns, so it underestimates the number of a tenant's tokens and would rather sort all of them. The query takes a millisecond,
    /// so parallel workers and JIT compilation are turned off for it.
    /// </summary>
    public const string InIndexOrderSql = $"""
        {Sql}, set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)
        """;

    /// <summary>Allows all rows, for a whole session that is not pooled.</summary>
    public const string AllForSessionSql = "SELECT set_config('portal.scope', '*', false)";

    /// <summary>The name of the parameter of <see cref="Sql"/> that has the setting.</summary>
    public const string Parameter = "portal_scope";

    private const string PositionalSql = "SELECT set_config('portal.scope', $1, true)";

    /// <summary>Creates the statement for a batch.</summary>
    /// <param name="setting">The value of <see cref="TenantScope.Setting"/>.</param>
    public static NpgsqlBatchCommand For(string setting) => new(PositionalSql) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = setting } } };

    /// <summary>Moves a reader past the results of some scope statements. If the statement has failed, closes the reader, so that the connection stays usable.</summary>
    public static NpgsqlDataReader Behind(this NpgsqlDataReader reader, int scopes)
    {
        try
        {
            for (var scope = 0; scope < scopes; scope++)
            {
                reader.NextResult();
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Creates the parameter of <see cref="Sql"/>.</summary>
    /// <inheritdoc cref="For"/>
    public static NpgsqlParameter ParameterFor(string setting) => new(Parameter, NpgsqlDbType.Text) { Value = setting };
}
