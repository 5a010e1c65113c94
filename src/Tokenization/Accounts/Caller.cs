using System.Net;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>The origin of a request: the tenant whose data it may use, and the name under which it is recorded.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Actor">The name in histories and the audit trail: <c>key:12</c> for an API key, never a secret.</param>
public readonly record struct Caller(Tenant Tenant, string Actor)
{
    /// <summary>The address from which the request came; null if unknown.</summary>
    public IPAddress? Address { get; init; }
}
