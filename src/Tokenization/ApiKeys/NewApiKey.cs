using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The properties of an API key to create.</summary>
/// <param name="Tenant">The tenant whose data it can access.</param>
/// <param name="Name">The name of the key.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="AllowedNetworks">The networks from which it may be used; null or empty for all.</param>
public sealed record NewApiKey(
    Tenant Tenant,
    string Name,
    ApiKeyScopes Scopes = ApiKeyScopes.All,
    DateTimeOffset? ExpiresAt = null,
    IReadOnlyList<IPNetwork>? AllowedNetworks = null);
