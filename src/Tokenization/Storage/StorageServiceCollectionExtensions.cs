using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Accounts;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Copying;
using Dojo.Pci.Tokenization.Storage.Crypto;
using Dojo.Pci.Tokenization.Storage.Customers;
using Dojo.Pci.Tokenization.Storage.Faults;
using Dojo.Pci.Tokenization.Storage.Idempotency;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.Members;
using Dojo.Pci.Tokenization.Storage.Metrics;
using Dojo.Pci.Tokenization.Storage.PaymentIntents;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Dojo.Pci.Tokenization.Storage.RequestExplorer;
using Dojo.Pci.Tokenization.Storage.RequestLogs;
using Dojo.Pci.Tokenization.Storage.Sandbox;
using Dojo.Pci.Tokenization.Storage.Seeding;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Storage.Tokens;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Storage;

internal static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the stores and the database engine that <see cref="StorageOptions.Provider"/> names.</summary>
    public static void AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => SqliteEngine.Loaded());
        services.TryAddSingleton<SqliteDatabase>();
        services.TryAddSingleton<PostgresDatabase>();
        services.TryAddSingleton<IDatabase>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider == StorageProvider.Postgres
            ? provider.GetRequiredService<PostgresDatabase>()
            : provider.GetRequiredService<SqliteDatabase>());
        services.TryAddSingleton<INodeStore, PostgresNodes>();
        services.TryAddSingleton<IDatabaseRoles, PostgresRoles>();
        services.TryAddSingleton<IErasure>(provider => provider.GetRequiredService<IDatabase>());
        services.TryAddSingleton<IAccountStore, AccountStore>();
        services.TryAddSingleton<ApiKeyStore>();
        services.TryAddSingleton<IApiKeyStore>(provider => provider.GetRequiredService<ApiKeyStore>());
        services.TryAddSingleton<IDataKeyStore, DataKeyStore>();
        services.TryAddSingleton<SealedTokens>();
        services.TryAddSingleton<UnsealedTokens>();
        services.TryAddSingleton<SavedCardRows>();
        services.TryAddSingleton<ICustomerStore, CustomerStore>();
        services.TryAddSingleton<WebhookBodies>();
        services.TryAddSingleton<WebhookDeliveryRows>();
        services.TryAddSingleton<WebhookOutbox>();
        services.TryAddSingleton<IWebhookStore, WebhookStore>();
        services.TryAddSingleton<IWebhookDeliveryStore, WebhookDeliveryStore>();
        services.TryAddSingleton<IWebhookHistoryStore, WebhookHistoryStore>();
        services.TryAddSingleton<ISetupIntentStore, SetupIntentStore>();
        services.TryAddSingleton<SetupIntentCharging>();
        services.TryAddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.TryAddSingleton<IRequestLogStore, RequestLogStore>();
        services.TryAddSingleton<IRequestSearchStore, RequestSearchStore>();
        services.TryAddSingleton<IRequestInsightStore, RequestInsightStore>();
        services.TryAddSingleton<IRequestLogCheckStore, RequestLogCheckStore>();
        services.TryAddSingleton<IRequestLogViewStore, RequestLogViewStore>();
        services.TryAddSingleton<IAuditStore, AuditStore>();
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<IAuditStore>());
        services.TryAddSingleton<IMemberStore, MemberStore>();
        services.TryAddSingleton<IMemberLinkStore, MemberLinkStore>();
        services.TryAddSingleton<IProviderIdentityStore, ProviderIdentityStore>();
        services.TryAddSingleton<IMemberResetStore, MemberResetStore>();
        services.TryAddSingleton<IMemberPreferencesStore, MemberPreferencesStore>();
        services.TryAddSingleton<IMemberChoiceStore, MemberChoiceStore>();
        services.TryAddSingleton<ISessionStore, SessionStore>();
        services.TryAddSingleton<IPortalKeyStore, PortalKeyStore>();
        services.TryAddSingleton<ITokenIndex, TokenIndex>();
        services.TryAddSingleton<ICardIndex, CardIndex>();
        services.TryAddSingleton<ITokenCounts, TokenCounts>();
        services.TryAddSingleton<ITokenSearchStore, TokenSearchStore>();
        services.TryAddSingleton<IApiKeyUsageStore, ApiKeyUsageStore>();
        services.TryAddSingleton<IAuditTrailStore, AuditTrailStore>();
        services.TryAddSingleton<IMemberManagementStore, MemberManagementStore>();
        services.TryAddSingleton<IInactiveMemberStore, InactiveMemberStore>();
        services.TryAddSingleton<IAccountSettingsStore, AccountSettingsStore>();
        services.TryAddSingleton<IApiMetricsStore, ApiMetricsStore>();
        services.TryAddSingleton<IPaymentIntentStore, PaymentIntentStore>();
        services.TryAddSingleton<IReceiptStore, ReceiptStore>();
        services.TryAddSingleton<ISettlementStore, SettlementStore>();
        services.TryAddSingleton<IFaultStore, FaultStore>();
        services.TryAddSingleton<ISandboxStore, SandboxStore>();
        services.TryAddSingleton<ISeedStore, SeedStore>();
        services.TryAddSingleton<IIntegrityStore, IntegrityStore>();
        services.TryAddSingleton<IVaultCopy, VaultCopy>();
    }
}
