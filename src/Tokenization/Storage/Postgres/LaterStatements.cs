using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Statements without a needed result that wait to be sent to the server: together with the next statement whose result is needed, or at the end. All
/// inserts of one kind become one statement at the position of the first of them, even with other such inserts in between, so the rows that they refer to have to be
/// inserted before the first of that kind. No insert moves across a statement that has no form for many rows.
/// </summary>
internal sealed class LaterStatements(NpgsqlConnection connection)
{
    // Limits the memory for pending statements, and the duration of one batch.
    private const int MostAtOnce = 512;

    private readonly List<Group> _groups = [];
    private readonly Dictionary<NpgsqlBatchCommand, Group> _growing = [];
    private readonly HashSet<TenantScope> _scopes = [];
    private int _count;

    /// <summary>Whether no statements are pending.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Adds a command with its current parameter values.</summary>
    /// <param name="command">The command; always the same object for the same statement.</param>
    /// <param name="manyRows">The form of the command for many rows; null if it has none.</param>
    /// <param name="scope">The rows that the command may touch. Statements of several tenants that are sent together may touch the rows of all of them.</param>
    public void Add(NpgsqlBatchCommand command, ManyRows? manyRows, TenantScope scope)
    {
        if (!IsEmpty && _scopes.Contains(TenantScope.Service) != (scope == TenantScope.Service))
        {
            Send(); // sent together with the service's statements, a tenant's statement would not be restricted
        }

        _scopes.Add(scope);
        if (!_growing.TryGetValue(command, out var group))
        {
            if (manyRows is null)
            {
                _growing.Clear();
            }

            _groups.Add(group = new Group(command, manyRows, []));
            if (manyRows is not null)
            {
                _growing.Add(command, group);
            }
        }

        var row = new object?[command.Parameters.Count];
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = command.Parameters[index].Value;
        }

        group.Rows.Add(row);
        if (++_count == MostAtOnce)
        {
            Send();
        }
    }

    /// <summary>Sends the pending statements, and waits for the server.</summary>
    public void Send()
    {
        if (!IsEmpty)
        {
            using var batch = Take();
            batch.RunWhole();
        }
    }

    /// <summary>Sends the pending statements followed by a command, in one round trip.</summary>
    /// <param name="command">The command.</param>
    /// <param name="scope">The rows that the command may touch.</param>
    /// <returns>A reader of the command's rows; the pending statements return none.</returns>
    public NpgsqlDataReader SendWith(NpgsqlBatchCommand command, TenantScope scope)
    {
        var batch = Take();
        batch.BatchCommands.Add(ScopeCommand.For(scope.Setting));
        batch.BatchCommands.Add(Copy(command, row: null));
        return batch.ReadWhole().Behind(scopes: 2);
    }

    /// <summary>Discards the pending statements, because the transaction or savepoint to which they belong is rolled back.</summary>
    public void Drop()
    {
        _groups.Clear();
        _growing.Clear();
        _scopes.Clear();
        _count = 0;
    }

    private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command, object?[]? row)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        for (var index = 0; index < command.Parameters.Count; index++)
        {
            var parameter = command.Parameters[index].Clone();
            parameter.Value = row is null ? parameter.Value : row[index];
            copy.Parameters.Add(parameter);
        }

        return copy;
    }

    private NpgsqlBatch Take()
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { ScopeCommand.For(TenantScope.SettingOf(_scopes)) } };
        foreach (var (command, manyRows, rows) in _groups)
        {
            batch.BatchCommands.Add(manyRows is null ? Copy(command, rows[0]) : manyRows.ToCommand(command.Parameters, rows));
        }

        Drop();
        return batch;
    }

    private sealed record Group(NpgsqlBatchCommand Command, ManyRows? ManyRows, List<object?[]> Rows);
}
