using Dojo.Pci.Tokenization.Housekeeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Figures;

/// <summary>Adds the figures of the API, and what deletes the old ones.</summary>
internal static class FigureServiceCollectionExtensions
{
    public static void AddFigures(this IServiceCollection services)
    {
        services.TryAddSingleton<IApiFigures, ApiFiguresService>();
        services.TryAddSingleton<FigureRetention>();
        services.AddHostedService<RoundLoop<FigureRetention>>();
    }
}
