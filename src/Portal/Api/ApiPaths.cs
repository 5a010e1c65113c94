namespace Dojo.Pci.Portal.Api;

/// <summary>The paths of the API, and which requests belong to it, for the parts that treat the API differently from the pages.</summary>
internal static class ApiPaths
{
    public const string SetupIntents = "/setup-intents";
    public const string SetupIntentBatch = "/setup-intents/batch";
    public const string SetupIntent = "/setup-intents/{id}";
    public const string RefreshClientSecret = "/setup-intents/{id}/refresh-client-session-secret";
    public const string PublicSetupIntent = "/setup-intents/public/{id}";
    public const string PublicRefreshClientSecret = "/setup-intents/public/{id}/refresh-client-session-secret";
    public const string PaymentIntents = "/payment-intents";
    public const string PaymentIntent = "/payment-intents/{id}";
    public const string ChargePaymentIntent = "/payment-intents/{id}/charge";
    public const string SearchPaymentIntents = "/payment-intents/search";
    public const string PaymentIntentAmount = "/payment-intents/{id}/amount";
    public const string PaymentIntentTipsAmount = "/payment-intents/{id}/tips-amount";
    public const string RefreshPaymentClientSecret = "/payment-intents/{id}/refresh-client-session-secret";
    public const string PublicPaymentIntent = "/payment-intents/public/{id}";
    public const string PublicRefreshPaymentClientSecret = "/payment-intents/public/{id}/refresh-client-session-secret";
    public const string Receipt = "/payment-intents/{id}/receipt";
    public const string Receipts = "/payment-intents/{id}/receipts";
    public const string WebhookEvents = "/webhooks/events";
    public const string Webhooks = "/webhooks";
    public const string Webhook = "/webhooks/{id}";
    public const string WebhookDeliveries = "/webhooks/{id}/deliveries";
    public const string WebhookDeliveryOutcome = "/webhooks/{id}/deliveries/{eventId}/outcome";
    public const string WebhookSecrets = "/webhooks/{id}/secrets";
    public const string WebhookSecret = "/webhooks/{id}/secrets/{secretId}";
    public const string ActivateWebhookSecret = "/webhooks/{id}/secrets/{secretId}/activate";
    public const string Captures = "/payment-intents/{id}/captures";
    public const string Reversal = "/payment-intents/{id}/reversal";
    public const string Refunds = "/payment-intents/{id}/refunds";
    public const string Refund = "/payment-intents/refunds/{refundId}";
    public const string Customers = "/customers";
    public const string SearchCustomers = "/customers/search";
    public const string Customer = "/customers/{id}";
    public const string CustomerSecret = "/customers/{id}/create-secret";
    public const string CustomerCards = "/customers/public/{id}/payment-methods";
    public const string CustomerCard = "/customers/public/{id}/payment-methods/{cardId}";
    public const string LeakedKeys = "/leaked-keys";
    public const string Mcp = "/mcp";
    public const string SandboxClock = "/sandbox/clock";
    public const string SandboxFaults = "/sandbox/faults";
    public const string SandboxSeeds = "/sandbox/seeds";
    public const string ThrowawaySandboxes = "/sandbox/sandboxes";
    public const string ThrowawaySandbox = "/sandbox/sandboxes/{id}";
    public const string SandboxPayment = "/sandbox/payment-intents/{id}/pay";

    private static readonly PathString[] s_roots = [SetupIntents, PaymentIntents, Customers, Webhooks, PortalUrls.Sandbox, LeakedKeys, Mcp];

    /// <summary>Whether a request is for the API, even if no such resource or method exists.</summary>
    public static bool IsApi(HttpContext context)
    {
        foreach (var root in s_roots)
        {
            if (context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase, out var below))
            {
                return root != PortalUrls.Sandbox || below.Value is not (null or "" or "/"); // the sandbox itself is a page
            }
        }

        return false;
    }
}
