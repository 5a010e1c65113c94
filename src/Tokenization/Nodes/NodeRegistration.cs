using System.Globalization;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>Keeps this process among the nodes of its database, and hands on what they tell each other (docs/adr/0036-nodes.md).</summary>
internal sealed class NodeRegistration(INodeStore store, Node node, NodeMessages messages)
{
    private long _lastMessage;

    /// <summary>Whether the database can have other nodes.</summary>
    public bool IsNeeded => store.IsShared;

    /// <summary>Joins, before anything is written.</summary>
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

    /// <summary>Says that this node is alive, and learns how many there are; joins anew where the others took it for dead.</summary>
    /// <returns>Whether something may have been missed.</returns>
    public async Task<bool> RenewAsync()
    {
        if (await store.RenewAsync(node.Id) is { } count)
        {
            return node.Note(count);
        }

        await JoinAsync();
        return true;
    }

    /// <summary>Leaves, so that others take over at once.</summary>
    public Task LeaveAsync() => store.LeaveAsync(node.Id);

    /// <summary>Sends what waits.</summary>
    public async Task SendAsync()
    {
        if (messages.TakeWaiting() is { Count: > 0 } waiting)
        {
            await store.SendAsync(node.Id, NodeMessage.Write(waiting));
        }
    }

    /// <summary>Takes in what others have sent.</summary>
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

    /// <summary>Has everyone look who follows something.</summary>
    public void Miss() => messages.Deliver(new NodeMessage(NodeTopic.Missed));
}
