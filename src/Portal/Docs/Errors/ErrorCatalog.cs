namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>Every refusal that the documentation explains.</summary>
internal static class ErrorCatalog
{
    private static readonly Dictionary<string, ErrorPage> s_byCode = StatusErrors.All.Concat(FieldErrorPages.All).ToDictionary(page => page.Code, StringComparer.Ordinal);

    /// <summary>Those that are about the request as a whole, by status.</summary>
    public static IReadOnlyList<ErrorPage> Statuses => StatusErrors.All;

    /// <summary>Those that are about a field, by name.</summary>
    public static IReadOnlyList<ErrorPage> Fields { get; } = [.. FieldErrorPages.All.OrderBy(page => page.Field, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The page of a code; null when there is none.</summary>
    public static ErrorPage? Find(string? code) => code is not null ? s_byCode.GetValueOrDefault(code) : null;
}
