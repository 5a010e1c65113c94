namespace Dojo.Pci.Tokenization.Nodes;

internal sealed class Leases(INodeStore store, Node node) : ILeases
{
    public async Task<bool> TryRunAsync(string name, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        if (!store.IsShared)
        {
            await work(ct);
            return true;
        }

        if (await store.TryTakeAsync(name, node.Id, ct) is not { } lease)
        {
            return false;
        }

        await lease.RunAsync(work, ct);
        return true;
    }

    public async Task<bool> IsHeldAsync(CancellationToken ct) =>
        HeldLease.Current is not { } lease || await store.TryTakeAsync(lease.Name, node.Id, ct) == lease;
}
