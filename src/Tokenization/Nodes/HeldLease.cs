namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Something that one node does at a time, and that this node does now.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Fence">How often it has changed hands: what was begun under an earlier number may not be finished.</param>
internal sealed record HeldLease(string Name, long Fence)
{
    private static readonly AsyncLocal<HeldLease?> s_current = new();

    /// <summary>Under which the code that runs was started; null for what any node may do.</summary>
    public static HeldLease? Current => s_current.Value;

    /// <summary>Runs work under the lease: nothing that it writes is committed once another node has taken the lease over.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        s_current.Value = this; // seen by what is called from here, and not by the caller
        await work(ct);
    }
}

/// <summary>The lease under which something was to be written has been taken over by another node. Nothing was written.</summary>
internal sealed class LeaseLostException(string lease) : Exception($"Another node has taken over {lease}.");
