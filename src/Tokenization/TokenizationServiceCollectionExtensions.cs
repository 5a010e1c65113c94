using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Figures;
using Dojo.Pci.Tokenization.Housekeeping;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Trail;
using Dojo.Pci.Tokenization.Vault;
using Dojo.Pci.Tokenization.Velocity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization;

/// <summary>The one door to this library.</summary>
public static class TokenizationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the vault. The host configures <see cref="VaultOptions"/>, <see cref="StorageOptions"/> and
    /// <see cref="AcquirerOptions"/>, and opens the vault with <see cref="IVault.OpenAsync"/> before it serves anything.
    /// </summary>
    public static IServiceCollection AddTokenization(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);

        services.TryAddSingleton<FileRootKeyProvider>();
        services.TryAddSingleton<IRootKeyProvider>(provider => provider.GetRequiredService<FileRootKeyProvider>());
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<CardCipher>();
        services.TryAddSingleton<CardFingerprinter>();
        services.TryAddSingleton<IdentifierCipher>();
        services.TryAddSingleton<TokenSealer>();

        services.TryAddSingleton(_ => SqliteEngine.Loaded());
        services.TryAddSingleton<IDatabase, SqliteDatabase>();
        services.TryAddSingleton<IErasure>(provider => provider.GetRequiredService<IDatabase>());
        services.TryAddSingleton<IAccountStore, AccountStore>();
        services.TryAddSingleton<IApiKeyStore, ApiKeyStore>();
        services.TryAddSingleton<IDataKeyStore, DataKeyStore>();
        services.TryAddSingleton<SealedTokens>();
        services.TryAddSingleton<UnsealedTokens>();
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
        services.TryAddSingleton<IPortalSecrets, PortalSecretCipher>();
        services.TryAddSingleton<ITokenIndex, TokenIndex>();
        services.TryAddSingleton<ITokenCounts, TokenCounts>();
        services.TryAddSingleton<ITokenSearchStore, TokenSearchStore>();
        services.TryAddSingleton<IManagedApiKeyStore, ManagedApiKeyStore>();
        services.TryAddSingleton<IApiKeyUsageStore, ApiKeyUsageStore>();
        services.TryAddSingleton<IAuditTrailStore, AuditTrailStore>();
        services.TryAddSingleton<IMemberManagementStore, MemberManagementStore>();
        services.TryAddSingleton<IInactiveMemberStore, InactiveMemberStore>();
        services.TryAddSingleton<IAccountSettingsStore, AccountSettingsStore>();
        services.TryAddSingleton<IApiFiguresStore, ApiFiguresStore>();

        services.TryAddSingleton<ApiKeyService>();
        services.TryAddSingleton<IApiKeyService>(provider => provider.GetRequiredService<ApiKeyService>());
        services.TryAddSingleton<ApiKeyAccess>();
        services.TryAddSingleton<IApiKeyManagement, ApiKeyManagement>();
        services.TryAddSingleton<IOperationScopes, NoOperations>();
        services.TryAddSingleton<IApiKeyInsight, ApiKeyInsight>();
        services.TryAddSingleton<SandboxIssuer>();
        services.TryAddSingleton<AcquirerConnector>();
        services.TryAddSingleton<NoIssuer>();
        services.TryAddSingleton<ICardAuthorizer, CardAuthorizer>();
        services.TryAddSingleton<RecordIdSequence>();
        services.TryAddSingleton<SetupIntentIds>();
        services.TryAddSingleton<LocationDirectory>();
        services.TryAddSingleton<NoticeBoard>();
        services.TryAddSingleton<IAlarms>(provider => provider.GetRequiredService<NoticeBoard>());
        services.TryAddSingleton<INotices>(provider => provider.GetRequiredService<NoticeBoard>());
        services.TryAddSingleton<CardVelocity>();
        services.TryAddSingleton<CardIntake>();
        services.TryAddSingleton<CardOpening>();
        services.TryAddSingleton<ClientSecrets>();
        services.TryAddSingleton<NewSetupIntents>();
        services.TryAddSingleton<DueSweep>();
        services.TryAddSingleton<IdempotencyHasher>();
        services.TryAddSingleton<IdempotentWork>();
        services.TryAddSingleton<ISetupIntentService, SetupIntentService>();
        services.TryAddSingleton<IPaymentIntentStore, PaymentIntentStore>();
        services.TryAddSingleton<PaymentIntentIds>();
        services.TryAddSingleton<ChargeableTokens>();
        services.TryAddSingleton<Charges>();
        services.TryAddSingleton<IPaymentIntentService, PaymentIntentService>();
        services.TryAddSingleton<IVault, OpenedVault>();

        services.TryAddSingleton<ISandboxClock, SandboxClock>();
        services.TryAddSingleton<UnresolvedAuthorizations>();
        services.TryAddSingleton<Chores>();
        services.TryAddSingleton<Housekeeper>();
        services.TryAddSingleton<Resolver>();
        services.AddHostedService<RoundLoop<Housekeeper>>();
        services.AddHostedService<RoundLoop<Resolver>>();
        services.AddRequestLogs();
        services.AddTokens();
        services.AddFigures();
        services.TryAddSingleton<IRefusedAttempts, RefusedAttempts>();
        services.AddMembers();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        services.TryAddSingleton<IAccountSettings, AccountSettings>();
        services.TryAddSingleton<IIntegrityStore, IntegrityStore>();
        services.TryAddSingleton<StoredTokenCheck>();
        services.TryAddSingleton<IVaultCheck, VaultCheck>();
        return services;
    }
}
