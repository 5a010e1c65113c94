using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Tells the server whose rows the statements behind it may touch (docs/adr/0037-row-level-security.md). It goes with them in one round trip and
/// ends with their transaction, so a pool that hands out connections by transaction takes nothing from one to the next.
/// </summary>
internal static class ScopeCommand
{
    /// <summary>The statement, with <see cref="Parameter"/>.</summary>
    public const string Sql = $"SELECT set_config('portal.scope', @{Parameter}, true)";

    /// <summary>
    /// The same before a query for the beginning of a list whose order an index has (<see cref="IStoreConnection.FollowsIndexOrder"/>). By its statistics, which know nothing of columns that
    /// go together, the server takes a tenant's tokens for few and would rather sort all of them. It takes a millisecond, so other processes or a compiler are not started for it.
    /// </summary>
    public const string InIndexOrderSql = $"""
        {Sql}, set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)
        """;

    /// <summary>All rows, for the whole of a session that no pool hands on.</summary>
    public const string AllForSessionSql = "SELECT set_config('portal.scope', '*', false)";

    /// <summary>The setting in <see cref="Sql"/>.</summary>
    public const string Parameter = "portal_scope";

    private const string PositionalSql = "SELECT set_config('portal.scope', $1, true)";

    /// <summary>The statement for a batch.</summary>
    /// <param name="setting">What <see cref="TenantScope.Setting"/> has.</param>
    public static NpgsqlBatchCommand For(string setting) => new(PositionalSql) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = setting } } };

    /// <summary>The reader at the result behind those of some scopes. Where the statement has failed, it is closed, so that the connection goes on.</summary>
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

    /// <summary>The parameter of <see cref="Sql"/>.</summary>
    /// <inheritdoc cref="For"/>
    public static NpgsqlParameter ParameterFor(string setting) => new(Parameter, NpgsqlDbType.Text) { Value = setting };
}
