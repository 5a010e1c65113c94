namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>
/// Exchanges messages between the nodes of a database, so that a page that is open on one shows what another has done. Messages only make things fast:
/// nothing relies on them, and what must not be missed is in the database.
/// </summary>
internal sealed class NodeMessages(Node node)
{
    // Beyond this number, the other nodes are told only that there is more.
    private const int MostWaiting = 4096;

    private readonly Lock _gate = new();
    private readonly List<Action<NodeMessage>>[] _listeners = [.. Enum.GetValues<NodeTopic>().Select(_ => new List<Action<NodeMessage>>())];
    private HashSet<NodeMessage> _waiting = [];
    private bool _hasMore;

    /// <summary>Whether there is another node to receive messages; if not, a busy caller need not even create one.</summary>
    public bool HasListeners => node.Count > 1;

    /// <summary>
    /// Registers a listener for the messages of a topic that other nodes send. It stays registered as long as the process runs, so call this once for
    /// each listener.
    /// </summary>
    public void Hear(NodeTopic topic, Action<NodeMessage> listener)
    {
        lock (_gate)
        {
            _listeners[(int)topic].Add(listener);
        }
    }

    /// <summary>
    /// Queues a message to the other nodes, which is sent soon. Call this after the commit. Calling it within the transaction is safe only if the other
    /// nodes have to write to act on the message, because they wait for their turn to write.
    /// </summary>
    public void Send(NodeMessage message)
    {
        if (!HasListeners)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiting.Count < MostWaiting)
            {
                _waiting.Add(message);
            }
            else
            {
                _hasMore = true;
            }
        }
    }

    /// <summary>Takes the messages that wait to be sent.</summary>
    internal IReadOnlyCollection<NodeMessage> TakeWaiting()
    {
        lock (_gate)
        {
            if (_hasMore)
            {
                _waiting.Add(new NodeMessage(NodeTopic.Missed));
            }

            var waiting = _waiting;
            (_waiting, _hasMore) = ([], false);
            return waiting;
        }
    }

    /// <summary>Passes a message from another node to the listeners of its topic.</summary>
    internal void Deliver(NodeMessage message)
    {
        Action<NodeMessage>[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners[(int)message.Topic]];
        }

        foreach (var listener in listeners)
        {
            listener(message);
        }
    }
}
