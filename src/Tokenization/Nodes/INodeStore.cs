namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Stores the nodes of a database, their leases and their messages. It uses the database's clock, so the nodes' clocks need not agree.</summary>
internal interface INodeStore
{
    /// <summary>Whether other processes may serve the database at the same time; if not, no other member is called.</summary>
    bool IsShared { get; }

    /// <summary>Adds a node.</summary>
    /// <param name="name">The name that operators see.</param>
    /// <returns>Its number and its slot, and the number of the newest message.</returns>
    /// <exception cref="StartRefusedException">There are <see cref="Node.Most"/> nodes already.</exception>
    Task<(long Id, int Slot, long LastMessage)> JoinAsync(string name);

    /// <summary>Records that a node is alive, and removes the nodes that have not been renewed for a while.</summary>
    /// <returns>The number of nodes; null if this node itself had been removed.</returns>
    Task<int?> RenewAsync(long node);

    /// <summary>Removes a node.</summary>
    Task LeaveAsync(long node);

    /// <summary>Gives a lease to a node, unless another living node holds it.</summary>
    /// <returns>The lease; null if another node holds it.</returns>
    Task<HeldLease?> TryTakeAsync(string name, long node, CancellationToken ct);

    /// <summary>Sends a message to the other nodes.</summary>
    Task SendAsync(long node, string body);

    /// <summary>Reads the messages that other nodes have sent after a given message, in the order in which they were sent.</summary>
    Task<IReadOnlyList<(long Id, string Body)>> ReceiveAsync(long node, long after, CancellationToken ct);
}
