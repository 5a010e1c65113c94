using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// A command that is kept with its parameters. The driver prepares it if the connection string says so (<c>Max Auto Prepare</c>), which may be
/// impossible with a pool that hands out connections by transaction.
/// </summary>
internal sealed partial class PostgresStatement : PreparedStatement
{
    private readonly PostgresConnection _connection;
    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlBatchCommand _scope = ScopeCommand.For("");
    private readonly NpgsqlBatchCommand _command;
    private readonly ManyRows? _manyRows;
    private Queue<object[]>? _rows;
    private object[]? _row;

    /// <param name="connection">The connection on which the statement runs.</param>
    /// <param name="sql">The statement in PostgreSQL's SQL, with parameters as <c>$1</c>.</param>
    public PostgresStatement(PostgresConnection connection, string sql)
    {
        (_connection, _manyRows) = (connection, ManyRows.Of(sql));
        _command = new NpgsqlBatchCommand(sql);
        _batch = new NpgsqlBatch(connection.Inner) { BatchCommands = { _scope, _command } };
        var places = Place().Matches(sql).Select(match => int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture)).ToHashSet();
        for (var place = 1; place <= places.DefaultIfEmpty().Max(); place++)
        {
            // The server cannot infer the type of a parameter that the statement does not use.
            _command.Parameters.Add(places.Contains(place) ? new NpgsqlParameter { Value = DBNull.Value } : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = DBNull.Value });
        }
    }

    private object[] Row => _row ?? throw new InvalidOperationException("No row is being read.");

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, long? value) => Bind(place, value, NpgsqlDbType.Bigint);

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, byte[]? value) => Bind(place, value, NpgsqlDbType.Bytea);

    /// <inheritdoc/>
    public override PreparedStatement Bind(int place, string? value) => Bind(place, value, NpgsqlDbType.Text);

    /// <inheritdoc/>
    public override PreparedStatement BindUtf8(int place, byte[]? utf8) => Bind(place, utf8 is { Length: > 0 } ? Encoding.UTF8.GetString(utf8) : null);

    /// <inheritdoc/>
    public override int Execute()
    {
        try
        {
            _connection.Later.Send();
            return Scoped().RunWhole();
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc/>
    public override void ExecuteLater()
    {
        try
        {
            _connection.Later.Add(_command, _manyRows, _connection.Scope);
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc/>
    public override long Int64(int column) => Row[column] switch
    {
        long value => value,
        bool value => value ? 1 : 0,
        var value => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override string? Text(int column) => Row[column] as string;

    /// <inheritdoc/>
    public override byte[]? Blob(int column) => Row[column] as byte[];

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes(int column) => Row[column] is string text ? Encoding.UTF8.GetBytes(text) : Blob(column);

    public override void Dispose() => _batch.Dispose();

    /// <inheritdoc/>
    protected override bool Step()
    {
        _rows ??= ReadAll();
        return _rows.TryDequeue(out _row);
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        (_rows, _row) = (null, null);
        foreach (NpgsqlParameter parameter in _command.Parameters)
        {
            parameter.Value = DBNull.Value;
        }
    }

    /// <inheritdoc/>
    protected override bool IsNull(int column) => Row[column] is DBNull;

    // Reads all rows at once: while the caller handles a row, the connection is free for another statement, as with SQLite.
    private Queue<object[]> ReadAll()
    {
        using var reader = _connection.Later.IsEmpty ? Scoped().ReadWhole().Behind(scopes: 1) : _connection.Later.SendWith(_command, _connection.Scope);
        var rows = new Queue<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Enqueue(row);
        }

        return rows;
    }

    private NpgsqlBatch Scoped()
    {
        _scope.Parameters[0].Value = _connection.Scope.Setting;
        return _batch;
    }

    private PostgresStatement Bind(int place, object? value, NpgsqlDbType type)
    {
        var parameter = _command.Parameters[place - 1];
        (parameter.NpgsqlDbType, parameter.Value) = (type, value ?? DBNull.Value);
        return this;
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Place();
}
