using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Tells those who look at a webhook subscription, by its record id, that something was queued for it or an attempt was made.</summary>
internal sealed class WebhookFeed(NodeMessages messages) : SignalFeed<long>(messages, NodeTopic.Subscription)
{
    /// <inheritdoc/>
    protected override NodeMessage MessageAbout(long subject) => new(NodeTopic.Subscription) { Id = subject };

    /// <inheritdoc/>
    protected override long SubjectOf(NodeMessage message) => message.Id;
}
