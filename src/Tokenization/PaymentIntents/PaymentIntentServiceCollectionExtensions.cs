using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.PaymentIntents;

internal static class PaymentIntentServiceCollectionExtensions
{
    /// <summary>Adds payment intents, charges, settlements and receipts.</summary>
    public static void AddPaymentIntents(this IServiceCollection services)
    {
        services.TryAddSingleton<PaymentIntentIds>();
        services.TryAddSingleton<ChargeableTokens>();
        services.TryAddSingleton<Charges>();
        services.TryAddSingleton<Settlements>();
        services.TryAddSingleton<PaymentIntentViews>();
        services.TryAddSingleton<IPaymentIntentService, PaymentIntentService>();
        services.TryAddSingleton<IPaymentIntentChanges, PaymentIntentChanges>();
        services.TryAddSingleton<IReceipts, Receipts>();
    }
}
