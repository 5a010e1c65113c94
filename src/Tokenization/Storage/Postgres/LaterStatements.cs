using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Statements of which nothing is asked, on their way to the server: sent together with the next that is asked something, or at the end. Runs of one insert become one
/// statement, where the first of them stood: what a row refers to has to be inserted before the first of its kind. Any other statement keeps what came before it before it.
/// </summary>
internal sealed class LaterStatements(NpgsqlConnection connection)
{
    // Bounds what is kept in memory, and how long a single answer takes.
    private const int MostAtOnce = 512;

    private readonly List<Group> _groups = [];
    private readonly Dictionary<NpgsqlBatchCommand, Group> _growing = [];
    private readonly HashSet<TenantScope> _scopes = [];
    private int _count;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Takes a command as it is now.</summary>
    /// <param name="command">The command, the same object for the same statement.</param>
    /// <param name="manyRows">Its form for many rows; null where it has none.</param>
    /// <param name="scope">Whose rows it may touch. Statements of several tenants that are sent together may touch the rows of all of them.</param>
    public void Add(NpgsqlBatchCommand command, ManyRows? manyRows, TenantScope scope)
    {
        if (!IsEmpty && _scopes.Contains(TenantScope.Service) != (scope == TenantScope.Service))
        {
            Send(); // in company with the service's own a tenant's would be held to nothing
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

    /// <summary>Sends them, and waits for the server.</summary>
    public void Send()
    {
        if (!IsEmpty)
        {
            using var batch = Take();
            batch.RunWhole();
        }
    }

    /// <summary>Sends them with a command behind them, in one round trip.</summary>
    /// <param name="command">The command.</param>
    /// <param name="scope">Whose rows it may touch.</param>
    /// <returns>The rows of the command; what was sent before has none.</returns>
    public NpgsqlDataReader SendWith(NpgsqlBatchCommand command, TenantScope scope)
    {
        var batch = Take();
        batch.BatchCommands.Add(ScopeCommand.For(scope.Setting));
        batch.BatchCommands.Add(Copy(command, row: null));
        return batch.ReadWhole().Behind(scopes: 2);
    }

    /// <summary>Forgets them: what they were part of was undone.</summary>
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
