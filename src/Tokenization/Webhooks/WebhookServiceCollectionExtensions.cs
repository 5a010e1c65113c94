using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Webhooks;

internal static class WebhookServiceCollectionExtensions
{
    /// <summary>Adds subscriptions to events.</summary>
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookIds>();
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<WebhookTargets>();
        services.TryAddSingleton<IWebhookService, WebhookService>();
    }
}
