using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>A database that is copied from or to. While one of these lives, no other process serves it or copies it.</summary>
internal abstract class CopySide : IDisposable
{
    /// <summary>Its connection.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Begins a transaction that sees one state, in which nobody writes.</summary>
    /// <param name="tables">What is going to be read.</param>
    public abstract DbTransaction BeginReading(IReadOnlyList<CopiedTable> tables);

    /// <summary>What reads a table row by row, in the order of its key.</summary>
    public DbCommand Select(CopiedTable table)
    {
        var command = Connection.CreateCommand();
        command.CommandText = table.SelectSql;
        command.CommandTimeout = 0;
        return command;
    }

    /// <summary>Within a transaction: begins to add rows to a table.</summary>
    public abstract IRowWriter Write(CopiedTable table);

    /// <summary>Once all is there: has the ids that are given from now on be above those, and the engine know what it holds.</summary>
    public abstract void Settle(IReadOnlyList<CopiedTable> tables);

    public abstract void Dispose();
}

/// <summary>Adds rows to a table. Disposed before it is complete, it takes them back.</summary>
internal interface IRowWriter : IDisposable
{
    /// <summary>Adds one, with the values of its columns.</summary>
    void Add(object[] values);

    /// <summary>Has them all stored, within the transaction.</summary>
    void Complete();
}
