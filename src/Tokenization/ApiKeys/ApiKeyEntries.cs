using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Creates the audit entries for changes of keys.</summary>
internal static class ApiKeyEntries
{
    // A key that is being created has no id yet: the store fills in the subject.
    private const string Unnamed = "";

    public static AuditEntry CreatedByOperator(Tenant tenant, DateTimeOffset at) =>
        AuditActor.Operator(tenant.Account).Entry(at, AuditAction.ApiKeyCreated, Unnamed);

    public static AuditEntry DeletedByOperator(ManagedApiKey key, DateTimeOffset at) =>
        AuditActor.Operator(key.Key.Tenant.Account).Entry(at, AuditAction.ApiKeyDeleted, key.Key.Id.Subject);

    public static AuditEntry DeletedAsLeaked(ManagedApiKey key, string detail, IPAddress? from, DateTimeOffset at) =>
        new AuditActor(key.Key.Tenant.Account, AuditActor.SecretScanningName, from).Entry(at, AuditAction.ApiKeyDeleted, key.Key.Id.Subject, $"{key.Key.Name}: {detail}");

    public static AuditEntry Leaked(ManagedApiKey key, string detail, IPAddress? from, DateTimeOffset at) =>
        new AuditActor(key.Key.Tenant.Account, AuditActor.SecretScanningName, from).Entry(at, AuditAction.ApiKeyLeaked, key.Key.Id.Subject, $"{key.Key.Name}: {detail}");

    public static AuditEntry Created(SignedInMember who, NewApiKey key, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyCreated, Unnamed, $"{key.Name}: {Limits(key.Scopes, key.AllowedNetworks ?? [], key.ExpiresAt)}");

    public static AuditEntry Following(SignedInMember who, string name, ManagedApiKey old, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyCreated, Unnamed, $"{name}: follows {old.Key.Masked}");

    public static AuditEntry Renamed(SignedInMember who, ManagedApiKey key, string name, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyRenamed, key.Key.Id.Subject, $"{key.Key.Name} → {name}");

    /// <summary>Returns the entry; null when the limits do not change.</summary>
    public static AuditEntry? Limited(SignedInMember who, ManagedApiKey before, ManagedApiKey after, DateTimeOffset at)
    {
        var (was, becomes) = (Limits(before.Key), Limits(after.Key));
        return was == becomes ? null : who.Entry(at, AuditAction.ApiKeyLimitsChanged, before.Key.Id.Subject, $"{was} → {becomes}");
    }

    public static AuditEntry Rolled(SignedInMember who, ManagedApiKey old, ApiKeySecret made, DateTimeOffset? retireAt, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyRolled, old.Key.Id.Subject, $"to {ApiKey.Mask(old.Key.Tenant.Environment, made.LastFour)}{(retireAt is { } then ? $", retires {Time(then)}" : "")}");

    public static AuditEntry Retired(SignedInMember who, ManagedApiKey key, DateTimeOffset? chosen, DateTimeOffset at) => chosen is { } then
        ? who.Entry(at, AuditAction.ApiKeyRetirementPlanned, key.Key.Id.Subject, $"for {Time(then)}")
        : who.Entry(at, AuditAction.ApiKeyRetired, key.Key.Id.Subject);

    public static AuditEntry BroughtBack(SignedInMember who, ManagedApiKey key, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyBroughtBack, key.Key.Id.Subject, $"was to retire or retired {Time(key.Key.RetiresAt!.Value)}");

    public static AuditEntry Deleted(SignedInMember who, ManagedApiKey key, DateTimeOffset at) =>
        who.Entry(at, AuditAction.ApiKeyDeleted, key.Key.Id.Subject, $"{key.Key.Name}: {key.Key.Masked}");

    private static string Limits(ApiKey key) => Limits(key.Scopes, key.AllowedNetworks, key.ExpiresAt);

    private static string Limits(ApiKeyScopes scopes, IReadOnlyList<IPNetwork> networks, DateTimeOffset? expiresAt) =>
        $"{string.Join(", ", ApiKeyScopeNames.NamesOf(scopes))}, {(networks.Count == 0 ? "any address" : string.Join(' ', networks))}, {(expiresAt is { } at ? $"expires {Time(at)}" : "no expiry")}";

    private static string Time(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm} UTC";
}
