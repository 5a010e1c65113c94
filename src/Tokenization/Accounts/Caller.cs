using System.Net;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>Who asks for something: whose data it may touch, and under which name that is recorded.</summary>
/// <param name="Tenant">Whose data.</param>
/// <param name="Actor">For the record of events: <c>key:12</c> for an API key, never a secret.</param>
public readonly record struct Caller(Tenant Tenant, string Actor)
{
    /// <summary>From where; null where that is not known.</summary>
    public IPAddress? Address { get; init; }
}
