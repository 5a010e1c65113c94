using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Adds the management of members, and what disables those who stay away.</summary>
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
