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
