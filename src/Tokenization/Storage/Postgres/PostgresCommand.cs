using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>A command in the SQL of the stores. Booleans are sent as 0 and 1, as both engines store them.</summary>
internal sealed class PostgresCommand(PostgresConnection connection, NpgsqlCommand inner) : DbCommand
{
    private string _sql = "";

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => _sql;
        set => _sql = value is null ? "" : PostgresDialect.Translate(value);
    }

    /// <inheritdoc/>
    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    /// <inheritdoc/>
    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection { get; set; }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <inheritdoc/>
    public override void Cancel() => inner.Cancel();

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => Ready().RunWhole();

    /// <inheritdoc/>
    public override object? ExecuteScalar()
    {
        using var reader = Read(CommandBehavior.Default);
        return reader.Read() && reader.FieldCount > 0 ? reader.GetValue(0) : null;
    }

    /// <inheritdoc/>
    public override void Prepare()
    {
        // The driver prepares repeated statements if the connection string allows it.
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Read(behavior);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // The first result belongs to the scope statement, so the behavior must not ask for a single result or row.
    private NpgsqlDataReader Read(CommandBehavior behavior) => Ready().ReadWhole(behavior & ~(CommandBehavior.SingleResult | CommandBehavior.SingleRow)).Behind(scopes: 1);

    private NpgsqlCommand Ready()
    {
        connection.Later.Send();
        foreach (NpgsqlParameter parameter in inner.Parameters)
        {
            if (parameter.DbType == DbType.Boolean || parameter.Value is bool)
            {
                (parameter.NpgsqlDbType, parameter.Value) = (NpgsqlDbType.Bigint, parameter.Value is bool value ? value ? 1L : 0L : DBNull.Value);
            }
        }

        inner.CommandText = $"{(connection.FollowsIndexOrder ? ScopeCommand.InIndexOrderSql : ScopeCommand.Sql)};\n{_sql}";
        if (inner.Parameters.IndexOf(ScopeCommand.Parameter) is var place && place >= 0)
        {
            inner.Parameters.RemoveAt(place); // from an earlier run
        }

        inner.Parameters.Add(ScopeCommand.ParameterFor(connection.Scope.Setting));
        return inner;
    }
}
