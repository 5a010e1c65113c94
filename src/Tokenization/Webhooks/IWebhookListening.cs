using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>An event for a listener.</summary>
/// <param name="EventId">The event, as its body names it.</param>
/// <param name="Event">Its name.</param>
/// <param name="Sequence">Its number among those of the subscription, from 1.</param>
/// <param name="Body">What is to be signed and passed on, as it is.</param>
public sealed record FetchedWebhook(string EventId, string Event, long Sequence, string Body);

/// <summary>What a listener has to pass on.</summary>
/// <param name="Events">The events, the longest due first; none when none came in time.</param>
public sealed record WebhookBatch(IReadOnlyList<FetchedWebhook> Events);

/// <summary>
/// Subscriptions whose events are fetched rather than sent: <see cref="WebhookKind.Listener"/>. An event is given again until it is reported, so the
/// service keeps the listener's place. Any other subscription is <see cref="Refusal.WrongState"/>.
/// </summary>
public interface IWebhookListening
{
    /// <summary>The most events that are given at once.</summary>
    const int LargestBatch = 100;

    /// <summary>The longest wait.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>What is to be passed on, at once or as soon as there is something.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="wait">How long to wait where there is nothing.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Result<WebhookBatch>> FetchAsync(Tenant tenant, string id, int limit, TimeSpan wait, CancellationToken ct);

    /// <summary>Reports what became of an event, which is recorded as an attempt: it is not given again, unless somebody replays it.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="status">The status that it was answered with; null where there was no answer.</param>
    /// <param name="duration">How long that took.</param>
    /// <returns>Why not; null when it is recorded.</returns>
    Task<Refusal?> ReportAsync(Tenant tenant, string id, string eventId, int? status, TimeSpan duration);
}
