using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Accounts;
using Dojo.Pci.Tokenization.Storage.ApiKeys;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Crypto;
using Dojo.Pci.Tokenization.Storage.Idempotency;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.Members;
using Dojo.Pci.Tokenization.Storage.Metrics;
using Dojo.Pci.Tokenization.Storage.PaymentIntents;
using Dojo.Pci.Tokenization.Storage.RequestLogs;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Storage.Tokens;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Storage;

internal static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the stores, over the SQLite engine.</summary>
    public static void AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => SqliteEngine.Loaded());
        services.TryAddSingleton<IDatabase, SqliteDatabase>();
        services.TryAddSingleton<IErasure>(provider => provider.GetRequiredService<IDatabase>());
        services.TryAddSingleton<IAccountStore, AccountStore>();
        services.TryAddSingleton<IApiKeyStore, ApiKeyStore>();
        services.TryAddSingleton<IDataKeyStore, DataKeyStore>();
        services.TryAddSingleton<SealedTokens>();
        services.TryAddSingleton<UnsealedTokens>();
        services.TryAddSingleton<WebhookOutbox>();
        services.TryAddSingleton<IWebhookStore, WebhookStore>();
        services.TryAddSingleton<IWebhookDeliveryStore, WebhookDeliveryStore>();
        services.TryAddSingleton<ISetupIntentStore, SetupIntentStore>();
        services.TryAddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.TryAddSingleton<IRequestLogStore, RequestLogStore>();
        services.TryAddSingleton<IAuditStore, AuditStore>();
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<IAuditStore>());
        services.TryAddSingleton<IMemberStore, MemberStore>();
        services.TryAddSingleton<IMemberLinkStore, MemberLinkStore>();
        services.TryAddSingleton<IMemberResetStore, MemberResetStore>();
        services.TryAddSingleton<IMemberPreferencesStore, MemberPreferencesStore>();
        services.TryAddSingleton<ISessionStore, SessionStore>();
        services.TryAddSingleton<IPortalKeyStore, PortalKeyStore>();
        services.TryAddSingleton<ITokenIndex, TokenIndex>();
        services.TryAddSingleton<ITokenCounts, TokenCounts>();
        services.TryAddSingleton<ITokenSearchStore, TokenSearchStore>();
        services.TryAddSingleton<IManagedApiKeyStore, ManagedApiKeyStore>();
        services.TryAddSingleton<IApiKeyUsageStore, ApiKeyUsageStore>();
        services.TryAddSingleton<IAuditTrailStore, AuditTrailStore>();
        services.TryAddSingleton<IMemberManagementStore, MemberManagementStore>();
        services.TryAddSingleton<IInactiveMemberStore, InactiveMemberStore>();
        services.TryAddSingleton<IAccountSettingsStore, AccountSettingsStore>();
        services.TryAddSingleton<IApiMetricsStore, ApiMetricsStore>();
        services.TryAddSingleton<IPaymentIntentStore, PaymentIntentStore>();
        services.TryAddSingleton<ISettlementStore, SettlementStore>();
        services.TryAddSingleton<IIntegrityStore, IntegrityStore>();
    }
}
