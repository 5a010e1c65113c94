using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// The <c>version</c> header: a date that stands for the newest version released on or before it, so that a client's version
/// never changes by itself (seed; DESIGN D1).
/// </summary>
internal static class ApiVersion
{
    /// <summary>The header's name in requests and responses.</summary>
    public const string Header = "version";

    private static readonly (DateOnly Released, string Name)[] s_newestFirst =
        [Named(PublishedVersion.Newest), Named("2025-09-10"), Named("2024-02-05"), Named("2023-11-12"), Named("2022-04-07")];

    private static readonly FieldError s_malformed = new("Version", "The Version header is required, once, as a date with the format 'yyyy-MM-dd'.");
    private static readonly FieldError s_tooOld = new("Version", $"The Version header must not be before {First}, the first version.");

    /// <summary>The first version.</summary>
    public static string First => s_newestFirst[^1].Name;

    /// <summary>The version that an admitted request resolved to.</summary>
    public static string Of(HttpContext context) => context.Response.Headers[Header].ToString();

    /// <summary>The version that a request asked for, or the rule its header breaks.</summary>
    public static bool TryResolve(StringValues header, [NotNullWhen(true)] out string? version, [NotNullWhen(false)] out FieldError? error)
    {
        (version, error) = (null, s_malformed);
        if (header is not [{ } text] || !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        foreach (var (released, name) in s_newestFirst)
        {
            if (released <= date)
            {
                (version, error) = (name, null);
                return true;
            }
        }

        error = s_tooOld;
        return false;
    }

    private static (DateOnly Released, string Name) Named(string name) => (DateOnly.ParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture), name);
}
