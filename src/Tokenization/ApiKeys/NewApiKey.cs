using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What to make a key for.</summary>
/// <param name="Tenant">Whose data it reaches.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
/// <param name="AllowedNetworks">The networks it may be used from; empty for all.</param>
public sealed record NewApiKey(
    Tenant Tenant,
    string Name,
    ApiKeyScopes Scopes = ApiKeyScopes.All,
    DateTimeOffset? ExpiresAt = null,
    IReadOnlyList<IPNetwork>? AllowedNetworks = null);
