using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Notices;

internal static class NoticeServiceCollectionExtensions
{
    /// <summary>Adds what members are told of their places.</summary>
    public static void AddNotices(this IServiceCollection services) => services.TryAddSingleton<IMemberNotices, MemberNotices>();
}
