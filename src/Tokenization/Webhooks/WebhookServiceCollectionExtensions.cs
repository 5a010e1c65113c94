using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Webhooks;

internal static class WebhookServiceCollectionExtensions
{
    /// <summary>Adds subscriptions to events, and the hosted services that deliver events and delete old deliveries.</summary>
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookIds>();
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<WebhookTargets>();
        services.TryAddSingleton<IWebhookService, WebhookService>();
        services.TryAddSingleton<WebhookSignal>();
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.TryAddSingleton<WebhookConnections>();
        services.TryAddSingleton<WebhookInspector>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton(provider => new WebhookPace(provider.GetRequiredService<IWebhookDeliveryStore>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<WebhookFeed>();
        services.TryAddSingleton<WebhookAccess>();
        services.TryAddSingleton<IWebhookManagement, WebhookManagement>();
        services.TryAddSingleton<IWebhookHistory, WebhookHistory>();
        services.TryAddSingleton<IWebhookListening, WebhookListening>();
        services.TryAddSingleton<WebhookDispatcher>();
        services.TryAddSingleton<WebhookRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
        services.AddHostedService<BackgroundJobLoop<WebhookRetention>>();
    }
}
