using System.Globalization;
using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Identifies an API key; not a secret.</summary>
/// <param name="Value">Our internal number.</param>
public readonly record struct ApiKeyId(long Value)
{
    /// <summary>The name of the key in records of events and in the audit trail.</summary>
    public string Subject => $"key:{Value}";

    /// <summary>Returns the key that a <see cref="Subject"/> names; null when it names something else.</summary>
    public static ApiKeyId? OfSubject(string subject) =>
        subject.StartsWith("key:", StringComparison.Ordinal) && long.TryParse(subject.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new ApiKeyId(value)
            : null;
}

/// <summary>What a key may do.</summary>
[Flags]
public enum ApiKeyScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Create setup intents, and create and change customers.</summary>
    Tokenize = 1,

    /// <summary>Read setup intents, payment intents and customers.</summary>
    Read = 2,

    /// <summary>Create, change, charge, capture, reverse, refund and cancel payment intents, end setup intents, delete customers and create their secrets.</summary>
    Charge = 4,

    /// <summary>Move the clock of the sandbox, for everybody who uses that sandbox. Production has no such clock, so its keys never have this scope.</summary>
    SandboxClock = 8,

    /// <summary>Create, read and change webhook subscriptions, and read their secrets.</summary>
    Webhooks = 16,

    /// <summary>Set faults and sample data of the sandbox, and manage throwaway sandboxes. Production keys never have this scope.</summary>
    Sandbox = 32,

    /// <summary>All current scopes, but none that are added later.</summary>
    All = Tokenize | Read | Charge | SandboxClock | Webhooks | Sandbox,
}

/// <summary>The names of the scopes, and the environments in which they exist.</summary>
public static class ApiKeyScopeNames
{
    private static readonly (ApiKeyScopes Scope, string Name)[] s_names =
    [
        (ApiKeyScopes.Tokenize, "tokenize"), (ApiKeyScopes.Read, "read"), (ApiKeyScopes.Charge, "charge"), (ApiKeyScopes.SandboxClock, "sandbox:clock"),
        (ApiKeyScopes.Webhooks, "webhooks"), (ApiKeyScopes.Sandbox, "sandbox"),
    ];

    /// <summary>Returns the names of scopes, one by one, because "All" would change its meaning when scopes are added.</summary>
    public static IEnumerable<string> NamesOf(ApiKeyScopes scopes) => s_names.Where(scope => scopes.HasFlag(scope.Scope)).Select(scope => scope.Name);

    /// <summary>Returns the given scopes without those that keys of an environment cannot have.</summary>
    public static ApiKeyScopes In(this ApiKeyScopes scopes, TenantEnvironment environment) =>
        environment == TenantEnvironment.Sandbox ? scopes : scopes & ~(ApiKeyScopes.SandboxClock | ApiKeyScopes.Sandbox);
}

/// <summary>An API key without its secret.</summary>
/// <param name="Id">The id.</param>
/// <param name="Tenant">The tenant whose data it can access.</param>
/// <param name="Name">The name of the key.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="LastFour">The last four characters of the secret.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="AllowedNetworks">The networks from which it may be used; empty for all.</param>
public sealed record ApiKey(
    ApiKeyId Id,
    Tenant Tenant,
    string Name,
    ApiKeyScopes Scopes,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<IPNetwork> AllowedNetworks)
{
    /// <summary>When it retires, after which it is refused; null when that is not decided. A retirement can be undone for a while.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>The name of the key as an actor.</summary>
    public string Actor { get; } = Id.Subject;

    /// <summary>The masked form, with which people tell keys apart: the prefix, an ellipsis, and the last four characters.</summary>
    public string Masked => Mask(Tenant.Environment, LastFour);

    /// <summary>Returns the masked form of a key of an environment with these last four characters.</summary>
    public static string Mask(TenantEnvironment environment, string lastFour) => $"{ApiKeySecret.PrefixOf(environment)}…{lastFour}";

    /// <summary>Whether the key is neither expired nor retired at an instant.</summary>
    public bool IsLiveAt(DateTimeOffset now) => !(ExpiresAt <= now) && !(RetiresAt <= now);

    /// <summary>Whether the key may be used from an address. An IPv4-mapped IPv6 address counts as IPv4.</summary>
    public bool AllowsAddress(IPAddress? address)
    {
        if (AllowedNetworks.Count == 0)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && AllowedNetworks.Any(network => network.Contains(plain));
    }
}
