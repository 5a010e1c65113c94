using System.Buffers;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// Writes fields of a CSV file (RFC 4180). A spreadsheet evaluates a field that begins with certain characters as a formula, so such a
/// field gets an apostrophe in front (OWASP, CSV injection).
/// </summary>
internal static class CsvText
{
    private const string Quote = "\"";

    // Includes the full-width forms, because some programs read them as the plain ones.
    private static readonly SearchValues<char> s_beginsFormula = SearchValues.Create("=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> s_wantsQuotes = SearchValues.Create(",;\t\r\n\"'");

    public static string Field(string value)
    {
        // Programs drop leading white space and quotes, and then see a formula.
        var seen = value.AsSpan().TrimStart(" \u00A0\"'\uFEFF");
        var safe = seen.Length > 0 && s_beginsFormula.Contains(seen[0]) || value.Length > 0 && s_beginsFormula.Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(s_wantsQuotes) || safe.Length != safe.AsSpan().Trim().Length
            ? $"{Quote}{safe.Replace(Quote, Quote + Quote, StringComparison.Ordinal)}{Quote}"
            : safe;
    }

    /// <summary>Returns a line with its line break.</summary>
    public static string Line(params IEnumerable<string> values) => string.Join(',', values.Select(Field)) + "\r\n";
}
