using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Alarms;

internal static class AlarmServiceCollectionExtensions
{
    /// <summary>Adds alarms and notices.</summary>
    public static void AddAlarms(this IServiceCollection services)
    {
        services.TryAddSingleton<NoticeBoard>();
        services.TryAddSingleton<IAlarms>(provider => provider.GetRequiredService<NoticeBoard>());
    }
}
