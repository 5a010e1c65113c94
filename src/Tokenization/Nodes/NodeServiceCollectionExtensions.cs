using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Nodes;

internal static class NodeServiceCollectionExtensions
{
    /// <summary>Adds the services with which several processes serve one database.</summary>
    public static void AddNodes(this IServiceCollection services)
    {
        services.TryAddSingleton<Node>();
        services.TryAddSingleton<INodes>(provider => provider.GetRequiredService<Node>());
        services.TryAddSingleton<NodeMessages>();
        services.TryAddSingleton<NodeRegistration>();
        services.TryAddSingleton<ILeases, Leases>();
        services.AddHostedService<NodeLoop>();
    }
}
