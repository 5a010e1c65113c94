using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Velocity;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization;

/// <summary>Adds the services of this library.</summary>
public static class TokenizationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the vault. The host configures <see cref="VaultOptions"/>, <see cref="StorageOptions"/> and
    /// <see cref="AcquirerOptions"/>, and opens the vault with <see cref="IVault.OpenAsync"/> before it serves anything.
    /// </summary>
    public static IServiceCollection AddTokenization(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCrypto();
        services.AddStorage();
        services.AddNodes();
        services.AddAudit();
        services.AddApiKeys();
        services.AddFaults();
        services.AddAuthorization();
        services.AddAlarms();
        services.AddSetupIntents();
        services.AddCustomers();
        services.AddIdempotency();
        services.AddPaymentIntents();
        services.AddBackgroundJobs();
        services.AddRequestLogs();
        services.AddRequestExplorer();
        services.AddTokens();
        services.AddMetrics();
        services.AddMembers();
        services.AddWebhooks();
        services.AddSandbox();
        services.AddSeeding();
        services.AddNotices();
        services.AddIntegrity();

        // Folders with one service each.
        services.TryAddSingleton<LocationDirectory>();
        services.TryAddSingleton<CardVelocity>();
        services.TryAddSingleton<IAccountSettings, AccountSettings>();
        services.TryAddSingleton<IVault, OpenedVault>();
        return services;
    }
}
