using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Tells those who follow a tenant's log that something was stored. At a thousand requests a second nobody reads each of them.</summary>
internal sealed class RequestLogFeed(NodeMessages messages) : SignalFeed<Tenant>(messages, NodeTopic.RequestLog)
{
    /// <inheritdoc/>
    protected override NodeMessage MessageAbout(Tenant subject) => subject.About(NodeTopic.RequestLog);

    /// <inheritdoc/>
    protected override Tenant SubjectOf(NodeMessage message) => message.GetTenant();
}
