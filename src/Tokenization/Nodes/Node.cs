namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>This process as one of the nodes that serve the database.</summary>
internal sealed class Node : INodes
{
    /// <summary>The most nodes that a database can have: record ids contain the slot of the node that assigned them.</summary>
    public const int Most = 64;

    private volatile int _slot;
    private volatile int _count = 1;
    private long _id;

    /// <summary>Its number, which is never reused; 0 until it has joined.</summary>
    public long Id => Volatile.Read(ref _id);

    /// <summary>Its slot among the current nodes, from 0 and below <see cref="Most"/>.</summary>
    public int Slot => _slot;

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>Sets the number and slot that were assigned to this node.</summary>
    public void Join(long id, int slot)
    {
        _slot = slot;
        Volatile.Write(ref _id, id);
    }

    /// <summary>Records the number of nodes.</summary>
    /// <returns>Whether it has changed.</returns>
    public bool Note(int count)
    {
        var before = _count;
        _count = Math.Max(1, count);
        return before != _count;
    }
}
