using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Audit;

internal static class AuditServiceCollectionExtensions
{
    /// <summary>Adds the audit trail, and the services that record refused attempts in it.</summary>
    public static void AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        services.TryAddSingleton<IRefusedAttempts, RefusedAttempts>();
        services.TryAddSingleton<OperationGate>();
    }
}
