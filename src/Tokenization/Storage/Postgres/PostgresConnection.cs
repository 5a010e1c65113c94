using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>A connection that accepts the SQL of the stores: see <see cref="PostgresDialect"/>. It keeps the prepared statements.</summary>
internal sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection, IStoreConnection
{
    private readonly Dictionary<string, PostgresStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The connection of the driver.</summary>
    public NpgsqlConnection Inner => inner;

    /// <summary>The statements that were not sent yet.</summary>
    public LaterStatements Later { get; } = new(inner);

    /// <inheritdoc/>
    public TenantScope Scope { get; set; }

    /// <inheritdoc/>
    public bool FollowsIndexOrder { get; set; }

    /// <inheritdoc/>
    public bool IsIndexedBehind => false;

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    /// <inheritdoc/>
    public override string Database => inner.Database;

    /// <inheritdoc/>
    public override string DataSource => inner.DataSource;

    /// <inheritdoc/>
    public override string ServerVersion => inner.ServerVersion;

    /// <inheritdoc/>
    public override ConnectionState State => inner.State;

    /// <inheritdoc/>
    public CommitStates CommitStates { get; } = new();

    /// <inheritdoc/>
    public PreparedStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new PostgresStatement(this, PostgresDialect.Translate(sql));
        }

        return statement;
    }

    /// <inheritdoc/>
    public IDisposable BeginSnapshot() => inner.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>Runs statements in PostgreSQL's SQL, in one round trip.</summary>
    public void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, inner);
        command.RunWhole();
    }

    /// <inheritdoc/>
    public override void Open() => inner.Open();

    /// <inheritdoc/>
    public override void Close()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        inner.Close();
    }

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A connection stays with its database.");

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new PostgresCommand(this, inner.CreateCommand());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
