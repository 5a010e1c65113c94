using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Signals, by the record id of a webhook subscription, that an event was queued for it or an attempt was made.</summary>
internal sealed class WebhookFeed(NodeMessages messages) : SignalFeed<long>(messages, NodeTopic.Subscription)
{
    /// <inheritdoc/>
    protected override NodeMessage MessageAbout(long subject) => new(NodeTopic.Subscription) { Id = subject };

    /// <inheritdoc/>
    protected override long SubjectOf(NodeMessage message) => message.Id;
}
