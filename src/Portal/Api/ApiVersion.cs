using System.Globalization;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// The <c>version</c> header: a date that stands for the newest version released on or before it, so that a client's version
/// never changes by itself (seed; DESIGN D1).
/// </summary>
internal static class ApiVersion
{
    /// <summary>The header's name, in requests and answers.</summary>
    public const string Header = "version";

    private static readonly DateOnly[] s_newestFirst =
        [new(2026, 2, 27), new(2025, 9, 10), new(2024, 2, 5), new(2023, 11, 12), new(2022, 4, 7)];

    /// <summary>The first version.</summary>
    public static string First { get; } = Format(s_newestFirst[^1]);

    /// <summary>The newest version.</summary>
    public static string Newest { get; } = Format(s_newestFirst[0]);

    /// <summary>The version that an admitted request resolved to.</summary>
    public static string Of(HttpContext context) => context.Response.Headers[Header].ToString();

    /// <summary>The version that a request asked for, or the rule its header breaks.</summary>
    public static bool TryResolve(StringValues header, out string version, out FieldError error)
    {
        version = "";
        error = new FieldError("Version", "The Version header is required, once, as a date with the format 'yyyy-MM-dd'.");
        if (header is not [{ } text] || !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        error = new FieldError("Version", $"The Version header must not be before {First}, the first version.");
        var released = Array.Find(s_newestFirst, released => released <= date);
        version = Format(released);
        return released != default;
    }

    private static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
