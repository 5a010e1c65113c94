namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>
/// What the nodes of a database tell each other, so that a page that is open on one shows what another has done. It makes things quick, and nothing right:
/// what must not be missed is in the database.
/// </summary>
internal sealed class NodeMessages(Node node)
{
    // Of more, the others are told that there is more.
    private const int MostWaiting = 4096;

    private readonly Lock _gate = new();
    private readonly List<Action<NodeMessage>>[] _listeners = [.. Enum.GetValues<NodeTopic>().Select(_ => new List<Action<NodeMessage>>())];
    private HashSet<NodeMessage> _waiting = [];
    private bool _hasMore;

    /// <summary>Whether there is another node to hear a message: while there is none, a busy caller need not even make one.</summary>
    public bool HasListeners => node.Count > 1;

    /// <summary>Has something called with each message of a topic that another node sends. To be called once, by what lives as long as the process.</summary>
    public void Hear(NodeTopic topic, Action<NodeMessage> listener)
    {
        lock (_gate)
        {
            _listeners[(int)topic].Add(listener);
        }
    }

    /// <summary>Tells the other nodes something, soon. To be called after the commit, or within it where another node can do nothing before it: it has to wait for its turn to write.</summary>
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

    /// <summary>What waits to be sent.</summary>
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

    /// <summary>Hands a message of another node to those who want to hear it.</summary>
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
