using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>A database that is copied from or to. While an instance exists, no other process can serve or copy the database.</summary>
internal abstract class CopySide : IDisposable
{
    /// <summary>The connection to the database.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Begins a transaction that sees one state, while no other transaction writes.</summary>
    /// <param name="tables">The tables to be read.</param>
    public abstract DbTransaction BeginReading(IReadOnlyList<CopiedTable> tables);

    /// <summary>Creates a command that reads a table in the order of its key.</summary>
    public DbCommand Select(CopiedTable table)
    {
        var command = Connection.CreateCommand();
        command.CommandText = table.SelectSql;
        command.CommandTimeout = 0;
        return command;
    }

    /// <summary>Begins to add rows to a table, within a transaction.</summary>
    public abstract IRowWriter Write(CopiedTable table);

    /// <summary>Completes the copy: sets the next ids above the copied ones, and lets the engine update its statistics.</summary>
    public abstract void Settle(IReadOnlyList<CopiedTable> tables);

    public abstract void Dispose();
}

/// <summary>Adds rows to a table. If it is disposed before <see cref="Complete"/>, it discards them.</summary>
internal interface IRowWriter : IDisposable
{
    /// <summary>Adds a row with the values of its columns.</summary>
    void Add(object[] values);

    /// <summary>Stores all added rows, within the transaction.</summary>
    void Complete();
}
