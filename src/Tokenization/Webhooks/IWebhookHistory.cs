using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>What was sent to a subscriber, for members. Refused as <see cref="IWebhookManagement"/> refuses.</summary>
public interface IWebhookHistory
{
    /// <summary>A page of a subscription's deliveries, newest first.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">The <see cref="WebhookDeliveryList.Before"/> of the page before; null for the first.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<WebhookDeliveryList>> ListAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, long? before, CancellationToken ct);

    /// <summary>A delivery with its attempts.</summary>
    Task<Result<WebhookDeliveryDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, long delivery, CancellationToken ct);

    /// <summary>Sends one event again at once, with a schedule of its own. <see cref="Refusal.WrongState"/> where the subscription is paused or disabled.</summary>
    Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, long delivery);

    /// <summary>Counts what a replay would send again.</summary>
    Task<Result<WebhookReplayPlan>> PlanReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, CancellationToken ct);

    /// <summary>Sends again what was counted, as far as it still passes the filter.</summary>
    Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookReplayPlan plan);

    /// <summary>Follows a subscription from now on.</summary>
    Task<Result<FeedSubscription>> FollowAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);
}
