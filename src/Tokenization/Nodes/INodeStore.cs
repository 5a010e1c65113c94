namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Where the nodes of a database meet. By the clock of the database, so that theirs need not agree.</summary>
internal interface INodeStore
{
    /// <summary>Whether other processes may serve the database at the same time; if not, nothing else here is asked for.</summary>
    bool IsShared { get; }

    /// <summary>Adds a node.</summary>
    /// <param name="name">What an operator knows it by.</param>
    /// <returns>Its number and its slot, and the number of the newest message.</returns>
    /// <exception cref="StartRefusedException">There are <see cref="Node.Most"/> already.</exception>
    Task<(long Id, int Slot, long LastMessage)> JoinAsync(string name);

    /// <summary>Says that a node is alive, and removes those that have not said so for a while.</summary>
    /// <returns>How many there are; null where this one was removed itself.</returns>
    Task<int?> RenewAsync(long node);

    /// <summary>Removes a node.</summary>
    Task LeaveAsync(long node);

    /// <summary>Gives a lease to a node, unless another one that is there has it.</summary>
    /// <returns>The lease; null where another node has it.</returns>
    Task<HeldLease?> TryTakeAsync(string name, long node, CancellationToken ct);

    /// <summary>Sends a message to the other nodes.</summary>
    Task SendAsync(long node, string body);

    /// <summary>Reads what other nodes have sent since a message, in the order in which it was sent.</summary>
    Task<IReadOnlyList<(long Id, string Body)>> ReceiveAsync(long node, long after, CancellationToken ct);
}
