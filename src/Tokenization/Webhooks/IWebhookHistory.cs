using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The deliveries of subscriptions, for members. Refuses requests as <see cref="IWebhookManagement"/> does.</summary>
public interface IWebhookHistory
{
    /// <summary>Returns a page of a subscription's deliveries, newest first.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The owner of the subscription.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="filter">Selects the deliveries.</param>
    /// <param name="before">The <see cref="WebhookDeliveryList.Before"/> of the previous page; null for the first page.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<Result<WebhookDeliveryList>> ListAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, long? before, CancellationToken ct);

    /// <summary>Returns a delivery with its attempts.</summary>
    Task<Result<WebhookDeliveryDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, long delivery, CancellationToken ct);

    /// <summary>Sends one event again at once, with a new retry schedule. <see cref="Refusal.WrongState"/> when the subscription is paused or disabled.</summary>
    Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, long delivery);

    /// <summary>Counts the deliveries that a replay would send again.</summary>
    Task<Result<WebhookReplayPlan>> PlanReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, CancellationToken ct);

    /// <summary>Sends the counted deliveries again, except those that no longer pass the filter.</summary>
    Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookReplayPlan plan);

    /// <summary>Subscribes to changes of a subscription's deliveries from now on.</summary>
    Task<Result<FeedSubscription>> FollowAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);
}
