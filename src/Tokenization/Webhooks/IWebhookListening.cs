using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>An event for a listener.</summary>
/// <param name="EventId">The event's id, as in its body.</param>
/// <param name="Event">The event's name.</param>
/// <param name="Sequence">The event's number within the subscription, from 1.</param>
/// <param name="Body">The body to sign and pass on unchanged.</param>
public sealed record FetchedWebhook(string EventId, string Event, long Sequence, string Body);

/// <summary>The events that a listener has to pass on.</summary>
/// <param name="Events">The events, longest due first; empty when none came in time.</param>
public sealed record WebhookBatch(IReadOnlyList<FetchedWebhook> Events);

/// <summary>
/// Subscriptions whose events are fetched instead of sent: <see cref="WebhookKind.Listener"/>. The service returns an event again until it is reported,
/// so it keeps the listener's position. For any other subscription the methods return <see cref="Refusal.WrongState"/>.
/// </summary>
public interface IWebhookListening
{
    /// <summary>The most events in one batch.</summary>
    const int LargestBatch = 100;

    /// <summary>The longest wait.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Returns the due events, or waits until there are some.</summary>
    /// <param name="tenant">The owner of the subscription.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="limit">The most events to return.</param>
    /// <param name="wait">How long to wait when no event is due.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Result<WebhookBatch>> FetchAsync(Tenant tenant, string id, int limit, TimeSpan wait, CancellationToken ct);

    /// <summary>Reports the outcome of an event and records it as an attempt. The event is not returned again unless somebody replays it.</summary>
    /// <param name="tenant">The owner of the subscription.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="status">The HTTP status of the answer; null when there was no answer.</param>
    /// <param name="duration">How long the attempt took.</param>
    /// <returns>The refusal; null when the outcome is recorded.</returns>
    Task<Refusal?> ReportAsync(Tenant tenant, string id, string eventId, int? status, TimeSpan duration);
}
