using System.Globalization;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Registers this process as a node of its database, and sends and receives the nodes' messages (docs/adr/0036-nodes.md).</summary>
internal sealed class NodeRegistration(INodeStore store, Node node, NodeMessages messages)
{
    private long _lastMessage;

    /// <summary>Whether other processes may serve the database.</summary>
    public bool IsNeeded => store.IsShared;

    /// <summary>Joins the nodes. Call this before anything is written.</summary>
    /// <exception cref="StartRefusedException">There are too many nodes.</exception>
    public async Task JoinAsync()
    {
        if (IsNeeded)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
            (var id, var slot, _lastMessage) = await store.JoinAsync(name);
            node.Join(id, slot);
        }
    }

    /// <summary>Records that this node is alive, and reads the number of nodes. Joins again if the others took this node for dead and removed it.</summary>
    /// <returns>Whether this node may have missed messages.</returns>
    public async Task<bool> RenewAsync()
    {
        if (await store.RenewAsync(node.Id) is { } count)
        {
            return node.Note(count);
        }

        await JoinAsync();
        return true;
    }

    /// <summary>Leaves the nodes, so that others take over at once.</summary>
    public Task LeaveAsync() => store.LeaveAsync(node.Id);

    /// <summary>Sends the waiting messages.</summary>
    public async Task SendAsync()
    {
        if (messages.TakeWaiting() is { Count: > 0 } waiting)
        {
            await store.SendAsync(node.Id, NodeMessage.Write(waiting));
        }
    }

    /// <summary>Receives and delivers the messages of other nodes.</summary>
    public async Task ReceiveAsync(CancellationToken ct)
    {
        foreach (var (id, body) in await store.ReceiveAsync(node.Id, _lastMessage, ct))
        {
            _lastMessage = id;
            foreach (var message in NodeMessage.Read(body))
            {
                messages.Deliver(message);
            }
        }
    }

    /// <summary>Tells all followers that they may have missed something.</summary>
    public void Miss() => messages.Deliver(new NodeMessage(NodeTopic.Missed));
}
