namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>All error pages of the documentation.</summary>
internal static class ErrorCatalog
{
    private static readonly Dictionary<string, ErrorPage> s_byCode = StatusErrors.All.Concat(FieldErrorPages.All).ToDictionary(page => page.Code, StringComparer.Ordinal);

    /// <summary>The pages about the request as a whole, by status.</summary>
    public static IReadOnlyList<ErrorPage> Statuses => StatusErrors.All;

    /// <summary>The pages about a field, by its name.</summary>
    public static IReadOnlyList<ErrorPage> Fields { get; } = [.. FieldErrorPages.All.OrderBy(page => page.Field, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Returns the page of a code; null if there is none.</summary>
    public static ErrorPage? Find(string? code) => code is not null ? s_byCode.GetValueOrDefault(code) : null;
}
