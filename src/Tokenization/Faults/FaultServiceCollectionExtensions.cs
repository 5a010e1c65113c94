using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Faults;

internal static class FaultServiceCollectionExtensions
{
    /// <summary>Adds fault injection for sandboxes.</summary>
    public static void AddFaults(this IServiceCollection services)
    {
        services.TryAddSingleton<SandboxGate>();
        services.TryAddSingleton<SandboxFaults>();
        services.TryAddSingleton<ISandboxFaults>(provider => provider.GetRequiredService<SandboxFaults>());
    }
}
