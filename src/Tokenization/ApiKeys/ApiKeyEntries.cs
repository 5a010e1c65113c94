using System.Net;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What the audit trail says of changes of keys.</summary>
internal static class ApiKeyEntries
{
    public static AuditEntry Created(SignedInMember who, ApiKeyId id, NewApiKey key, DateTimeOffset at) =>
        Of(who, id, "api key created", $"{key.Name}: {Limits(key.Scopes, key.AllowedNetworks ?? [], key.ExpiresAt)}", at);

    public static AuditEntry Following(SignedInMember who, ApiKeyId id, string name, ManagedApiKey old, DateTimeOffset at) =>
        Of(who, id, "api key created", $"{name}: follows {old.Key.Masked}", at);

    public static AuditEntry Renamed(SignedInMember who, ManagedApiKey key, string name, DateTimeOffset at) =>
        Of(who, key.Key.Id, "api key renamed", $"{key.Key.Name} → {name}", at);

    /// <summary>Null where the limits stay what they are.</summary>
    public static AuditEntry? Limited(SignedInMember who, ManagedApiKey before, ManagedApiKey after, DateTimeOffset at)
    {
        var (was, becomes) = (Limits(before.Key), Limits(after.Key));
        return was == becomes ? null : Of(who, before.Key.Id, "api key limits changed", $"{was} → {becomes}", at);
    }

    public static AuditEntry Rolled(SignedInMember who, ManagedApiKey old, ApiKey made, DateTimeOffset? retireAt, DateTimeOffset at) =>
        Of(who, old.Key.Id, "api key rolled", $"to {made.Masked}{(retireAt is { } then ? $", retires {Time(then)}" : "")}", at);

    public static AuditEntry Retired(SignedInMember who, ManagedApiKey key, DateTimeOffset? chosen, DateTimeOffset at) => chosen is { } then
        ? Of(who, key.Key.Id, "api key retirement planned", $"for {Time(then)}", at)
        : Of(who, key.Key.Id, "api key retired", "", at);

    public static AuditEntry BroughtBack(SignedInMember who, ManagedApiKey key, DateTimeOffset at) =>
        Of(who, key.Key.Id, "api key brought back", $"was to retire or retired {Time(key.Key.RetiresAt!.Value)}", at);

    public static AuditEntry Deleted(SignedInMember who, ManagedApiKey key, DateTimeOffset at) =>
        Of(who, key.Key.Id, "api key deleted", $"{key.Key.Name}: {key.Key.Masked}", at);

    private static AuditEntry Of(SignedInMember who, ApiKeyId id, string action, string detail, DateTimeOffset at) =>
        new() { Account = who.Account, At = at, Actor = who.Actor, Action = action, Subject = id.Subject, Detail = detail, Address = who.Address };

    private static string Limits(ApiKey key) => Limits(key.Scopes, key.AllowedNetworks, key.ExpiresAt);

    private static string Limits(ApiKeyScopes scopes, IReadOnlyList<IPNetwork> networks, DateTimeOffset? expiresAt) =>
        $"{string.Join(", ", ApiKeyScopeNames.NamesOf(scopes))}, {(networks.Count == 0 ? "any address" : string.Join(' ', networks))}, {(expiresAt is { } at ? $"expires {Time(at)}" : "no expiry")}";

    private static string Time(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm} UTC";
}
