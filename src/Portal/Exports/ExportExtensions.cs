namespace Dojo.Pci.Portal.Exports;

/// <summary>Registers and maps the exports of lists as files.</summary>
internal static class ExportExtensions
{
    public static void AddExports(this IServiceCollection services)
    {
        services.AddSingleton<ExportSlots>();
        services.AddScoped<ListExport>();
    }

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapTokenExport();
        routes.MapAuditExport();
        routes.MapRequestLogExport();
    }
}
