using System.Collections.Frozen;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>Reads the scope that each operation requires from its endpoint, as the gate does: there is no second list.</summary>
internal sealed class EndpointScopes(EndpointDataSource endpoints) : IOperationScopes
{
    // The API does not change while the process runs, and is mapped before the first call.
    private readonly Lazy<FrozenDictionary<(string Method, string Route), ApiKeyScopes>> _scopes = new(() => Read(endpoints));

    public ApiKeyScopes? ScopeOf(string method, string route) => _scopes.Value.TryGetValue((method, route), out var scope) ? scope : null;

    private static FrozenDictionary<(string Method, string Route), ApiKeyScopes> Read(EndpointDataSource endpoints) =>
        (from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
         let required = endpoint.Metadata.GetMetadata<RequiredScope>()
         where required is not null
         from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
         select KeyValuePair.Create((method, endpoint.RoutePattern.RawText ?? ""), required.Scope)).ToFrozenDictionary();
}
