namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Sees to it that something is done by one node at a time. A node that has something keeps it until it ends.</summary>
public interface ILeases
{
    /// <summary>Does something, unless it is another node's. What is written under it by a node that has lost it meanwhile is refused.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="work">Does it.</param>
    /// <param name="ct">Handed to it.</param>
    /// <returns>False where another node does it.</returns>
    Task<bool> TryRunAsync(string name, Func<CancellationToken, Task> work, CancellationToken ct);

    /// <summary>Within such work: whether it is still this node's.</summary>
    Task<bool> IsHeldAsync(CancellationToken ct);
}
