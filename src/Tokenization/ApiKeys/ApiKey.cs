using System.Globalization;
using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Names an API key; not a secret.</summary>
/// <param name="Value">Our own number for it.</param>
public readonly record struct ApiKeyId(long Value)
{
    /// <summary>Its name in records of events and in the audit trail.</summary>
    public string Subject => $"key:{Value}";

    /// <summary>The key that a <see cref="Subject"/> names; null when it names something else.</summary>
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

    /// <summary>Create setup intents.</summary>
    Tokenize = 1,

    /// <summary>Read setup intents and payment intents.</summary>
    Read = 2,

    /// <summary>Create, charge and cancel.</summary>
    Charge = 4,

    /// <summary>Move the clock of the sandbox, for everybody who uses that. Production has no such clock: its keys never have this scope.</summary>
    SandboxClock = 8,

    /// <summary>Make, read and change webhook subscriptions, and read their secrets.</summary>
    Webhooks = 16,

    /// <summary>Set faults of the sandbox, and make throwaway sandboxes. Keys of production never have this scope.</summary>
    Sandbox = 32,

    /// <summary>Everything there is now, but nothing that comes later.</summary>
    All = Tokenize | Read | Charge | SandboxClock | Webhooks | Sandbox,
}

/// <summary>What the scopes are called, and where there are which.</summary>
public static class ApiKeyScopeNames
{
    private static readonly (ApiKeyScopes Scope, string Name)[] s_names =
    [
        (ApiKeyScopes.Tokenize, "tokenize"), (ApiKeyScopes.Read, "read"), (ApiKeyScopes.Charge, "charge"), (ApiKeyScopes.SandboxClock, "sandbox:clock"),
        (ApiKeyScopes.Webhooks, "webhooks"), (ApiKeyScopes.Sandbox, "sandbox"),
    ];

    /// <summary>The names of scopes, one by one: "All" would mean something else once there are more.</summary>
    public static IEnumerable<string> NamesOf(ApiKeyScopes scopes) => s_names.Where(scope => scopes.HasFlag(scope.Scope)).Select(scope => scope.Name);

    /// <summary>Those of some scopes that keys of an environment can have.</summary>
    public static ApiKeyScopes In(this ApiKeyScopes scopes, TenantEnvironment environment) =>
        environment == TenantEnvironment.Sandbox ? scopes : scopes & ~(ApiKeyScopes.SandboxClock | ApiKeyScopes.Sandbox);
}

/// <summary>An API key without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose data it reaches.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="LastFour">The last four characters of the secret.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
/// <param name="AllowedNetworks">The networks it may be used from; empty for all.</param>
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
    /// <summary>From when on it is refused because another has taken its place; null while that is not decided. Unlike an expiry it can be undone for a while.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>Its name where it acts.</summary>
    public string Actor { get; } = Id.Subject;

    /// <summary>How people tell it from others: its prefix, dots, and its last four characters.</summary>
    public string Masked => Mask(Tenant.Environment, LastFour);

    /// <summary>How a key of an environment with these last four characters is written for people.</summary>
    public static string Mask(TenantEnvironment environment, string lastFour) => $"{ApiKeySecret.PrefixOf(environment)}…{lastFour}";

    /// <summary>Whether it is taken at an instant, as far as time decides.</summary>
    public bool IsLiveAt(DateTimeOffset now) => !(ExpiresAt <= now) && !(RetiresAt <= now);

    /// <summary>Whether the key may be used from an address. IPv4 inside IPv6 counts as IPv4.</summary>
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
