using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>
/// The events of a commit. The events of a subscription are written together, so an event costs little when many tokens share a commit. Work in one commit
/// happens at the same time, so any order of its events is correct.
/// </summary>
internal sealed class PendingEvents(WebhookDeliveryRows rows, TimeProvider clock) : ICommitState
{
    private readonly Dictionary<long, (Tenant Tenant, List<PendingEvent> Events)> _events = [];

    /// <summary>Queues an event for a subscription of its tenant.</summary>
    public void Add(long subscription, Tenant tenant, PendingEvent queued)
    {
        if (!_events.TryGetValue(subscription, out var pending))
        {
            _events[subscription] = pending = (tenant, []);
        }

        pending.Events.Add(queued);
    }

    /// <inheritdoc/>
    public void Finish(DbConnection connection)
    {
        var now = UnixTime.Of(clock.GetUtcNow());
        foreach (var (subscription, (tenant, events)) in _events)
        {
            using (connection.InScope(tenant))
            {
                rows.Insert(connection, subscription, tenant, events, now);
            }
        }

        Drop();
    }

    /// <inheritdoc/>
    public void Drop() => _events.Clear();
}
