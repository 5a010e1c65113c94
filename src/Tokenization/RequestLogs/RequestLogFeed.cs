using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Signals to followers of a tenant's log that entries were stored. It sends no entries: at a thousand requests a second nobody reads each.</summary>
internal sealed class RequestLogFeed(NodeMessages messages) : SignalFeed<Tenant>(messages, NodeTopic.RequestLog)
{
    /// <inheritdoc/>
    protected override NodeMessage MessageAbout(Tenant subject) => subject.About(NodeTopic.RequestLog);

    /// <inheritdoc/>
    protected override Tenant SubjectOf(NodeMessage message) => message.GetTenant();
}
