namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>This process as one of those that serve the database.</summary>
internal sealed class Node : INodes
{
    /// <summary>How many nodes a database can have: the record ids of each are told apart by its slot.</summary>
    public const int Most = 64;

    private volatile int _slot;
    private volatile int _count = 1;
    private long _id;

    /// <summary>Its number, which no other node ever has; 0 until it has joined.</summary>
    public long Id => Volatile.Read(ref _id);

    /// <summary>Its place among those that serve now, below <see cref="Most"/>.</summary>
    public int Slot => _slot;

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>Takes the place that it was given.</summary>
    public void Join(long id, int slot)
    {
        _slot = slot;
        Volatile.Write(ref _id, id);
    }

    /// <summary>Notes how many there are.</summary>
    /// <returns>Whether that has changed.</returns>
    public bool Note(int count)
    {
        var before = _count;
        _count = Math.Max(1, count);
        return before != _count;
    }
}
