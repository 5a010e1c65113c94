using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Registers the services that manage members, and the job that disables inactive ones.</summary>
internal static class MemberServiceCollectionExtensions
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.TryAddSingleton<IMemberManagement, MemberManagement>();
        services.TryAddSingleton<IMemberPreferences, MemberPreferencesService>();
        services.TryAddSingleton<InactiveMembers>();
        services.AddHostedService<BackgroundJobLoop<InactiveMembers>>();
    }
}
