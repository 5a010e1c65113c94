using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>A database whose stores omit the tenant: it removes the tenant's condition from every statement.</summary>
internal sealed partial class UnfilteredDatabase(IDatabase inner) : IDatabase
{
    private int _statements;

    /// <summary>The number of executed statements that had named a tenant.</summary>
    public int Statements => _statements;

    /// <summary>Whether statements are left unchanged.</summary>
    public bool IsFiltered { get; set; }

    public string EngineVersion => inner.EngineVersion;

    public UnavailableException? Outage => inner.Outage;

    public double WritesPerCommit => inner.WritesPerCommit;

    public bool IsShared => inner.IsShared;

    public bool WasDisturbed => inner.WasDisturbed;

    public Task<UnavailableException?> CheckAsync() => inner.CheckAsync();

    public void Open(VaultUse use) => inner.Open(use);

    public IEnumerable<string> FindFaults(DbConnection connection) => inner.FindFaults(connection);

    public void NoteDeletion() => inner.NoteDeletion();

    public Task ForgetDeletedAsync() => inner.ForgetDeletedAsync();

    public Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work) => inner.WriteAsync(scope, connection => work(Wrap(connection)));

    public Task<T> ReadAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => inner.ReadAsync(scope, connection => work(Wrap(connection)), ct);

    public Task<T> ScanAsync<T>(TenantScope scope, Func<DbConnection, T> work, CancellationToken ct) => inner.ScanAsync(scope, connection => work(Wrap(connection)), ct);

    private Connection Wrap(DbConnection connection) => new Connection(connection, this);

    private string Unfilter(string sql)
    {
        if (IsFiltered)
        {
            return sql;
        }

        var unfiltered = Filter().Replace(sql, "1 = 1");
        if (unfiltered.Length != sql.Length)
        {
            Interlocked.Increment(ref _statements);
        }

        return unfiltered;
    }

    [GeneratedRegex(@"\b(\w+\.)?(account_id|location_id|environment) = (@\w+|\?\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Filter();

    private sealed class Connection(DbConnection inner, UnfilteredDatabase database) : DbConnection, IStoreConnection
    {
        [AllowNull]
        public override string ConnectionString
        {
            get => inner.ConnectionString;
            set => inner.ConnectionString = value;
        }

        public override string Database => inner.Database;

        public override string DataSource => inner.DataSource;

        public override string ServerVersion => inner.ServerVersion;

        public override ConnectionState State => inner.State;

        public CommitStates CommitStates => ((IStoreConnection)inner).CommitStates;

        public TenantScope Scope
        {
            get => ((IStoreConnection)inner).Scope;
            set => ((IStoreConnection)inner).Scope = value;
        }

        public bool FollowsIndexOrder
        {
            get => ((IStoreConnection)inner).FollowsIndexOrder;
            set => ((IStoreConnection)inner).FollowsIndexOrder = value;
        }

        public bool IsIndexedBehind => ((IStoreConnection)inner).IsIndexedBehind;

        public PreparedStatement Prepare(string sql) => ((IStoreConnection)inner).Prepare(database.Unfilter(sql));

        public IDisposable BeginSnapshot() => ((IStoreConnection)inner).BeginSnapshot();

        public override void Open() => inner.Open();

        public override void Close() => inner.Close();

        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

        protected override DbCommand CreateDbCommand() => new Command(inner.CreateCommand(), database);
    }

    private sealed class Command(DbCommand inner, UnfilteredDatabase database) : DbCommand
    {
        [AllowNull]
        public override string CommandText
        {
            get => inner.CommandText;
            set => inner.CommandText = value is null ? null : database.Unfilter(value);
        }

        public override int CommandTimeout
        {
            get => inner.CommandTimeout;
            set => inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => inner.CommandType;
            set => inner.CommandType = value;
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource
        {
            get => inner.UpdatedRowSource;
            set => inner.UpdatedRowSource = value;
        }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery() => inner.ExecuteNonQuery();

        public override object? ExecuteScalar() => inner.ExecuteScalar();

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => inner.ExecuteReader(behavior);
    }
}
