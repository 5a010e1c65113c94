namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>A lease that this node holds. Only one node at a time may hold a lease.</summary>
/// <param name="Name">The name of the lease.</param>
/// <param name="Fence">The fencing number, which increases whenever another node takes the lease: a write under an earlier number is refused.</param>
internal sealed record HeldLease(string Name, long Fence)
{
    private static readonly AsyncLocal<HeldLease?> s_current = new();

    /// <summary>The lease under which the current code runs; null if it runs under none.</summary>
    public static HeldLease? Current => s_current.Value;

    /// <summary>Runs work under the lease: nothing that it writes is committed once another node has taken the lease over.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        s_current.Value = this; // flows to the code that is called from here, and not back to the caller
        await work(ct);
    }
}

/// <summary>Thrown when another node has taken over the lease under which a write was attempted. Nothing was written.</summary>
internal sealed class LeaseLostException(string lease) : Exception($"Another node has taken over {lease}.");
