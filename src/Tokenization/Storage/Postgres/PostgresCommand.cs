using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>A command in the SQL of the stores. Truth values are sent as 0 and 1, which is how both engines store them.</summary>
internal sealed class PostgresCommand(PostgresConnection connection, NpgsqlCommand inner) : DbCommand
{
    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value is null ? null : PostgresDialect.Translate(value);
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
    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    /// <inheritdoc/>
    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    /// <inheritdoc/>
    public override void Prepare() => inner.Prepare();

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

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

        return inner;
    }
}
