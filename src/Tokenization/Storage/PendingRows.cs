using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Rows that the pieces of work of a commit leave to be written together at its end, which costs less than each writing its own.</summary>
internal interface IPendingRows
{
    /// <summary>Writes them, in the transaction of the work that left them, and holds none any more.</summary>
    void Write(DbConnection connection);

    /// <summary>Holds none any more: the work that left them was undone.</summary>
    void Drop();
}

/// <summary>The pending rows of a connection that writes, one object of each kind. Not safe for two threads.</summary>
internal sealed class PendingRows
{
    private readonly Dictionary<Type, IPendingRows> _kinds = [];

    /// <summary>The pending rows of a kind.</summary>
    /// <param name="make">Makes the object, when it is asked for the first time.</param>
    public T Of<T>(Func<T> make)
        where T : class, IPendingRows
    {
        if (!_kinds.TryGetValue(typeof(T), out var rows))
        {
            _kinds[typeof(T)] = rows = make();
        }

        return (T)rows;
    }

    /// <inheritdoc cref="IPendingRows.Write"/>
    public void Write(DbConnection connection)
    {
        foreach (var rows in _kinds.Values)
        {
            rows.Write(connection);
        }
    }

    /// <inheritdoc cref="IPendingRows.Drop"/>
    public void Drop()
    {
        foreach (var rows in _kinds.Values)
        {
            rows.Drop();
        }
    }
}
