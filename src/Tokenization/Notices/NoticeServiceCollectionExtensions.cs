using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Notices;

internal static class NoticeServiceCollectionExtensions
{
    /// <summary>Adds the notices for members.</summary>
    public static void AddNotices(this IServiceCollection services) => services.TryAddSingleton<IMemberNotices, MemberNotices>();
}
