using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Customers;

internal static class CustomerServiceCollectionExtensions
{
    /// <summary>Adds customers and their saved cards.</summary>
    public static void AddCustomers(this IServiceCollection services)
    {
        services.TryAddSingleton<CustomerIds>();
        services.TryAddSingleton<CustomerSecrets>();
        services.TryAddSingleton<SavedCards>();
        services.TryAddSingleton<ISavedCardOwners>(provider => provider.GetRequiredService<SavedCards>());
        services.TryAddSingleton<ICustomerService, CustomerService>();
    }
}
