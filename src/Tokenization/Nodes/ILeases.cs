namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Ensures that only one node at a time does some work. A node keeps a lease until the node ends.</summary>
public interface ILeases
{
    /// <summary>Runs work under a lease, unless another node holds it. The writes of a node that has lost the lease meanwhile are refused.</summary>
    /// <param name="name">The name of the lease.</param>
    /// <param name="work">The work to do.</param>
    /// <param name="ct">The token that is passed to the work.</param>
    /// <returns>False if another node holds the lease.</returns>
    Task<bool> TryRunAsync(string name, Func<CancellationToken, Task> work, CancellationToken ct);

    /// <summary>Within such work: checks whether this node still holds the lease.</summary>
    Task<bool> IsHeldAsync(CancellationToken ct);
}
