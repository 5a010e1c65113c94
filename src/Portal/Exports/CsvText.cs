using System.Buffers;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// Fields of a CSV file (RFC 4180). A spreadsheet takes what begins with certain characters for a formula and computes it: such a
/// field gets an apostrophe in front (OWASP, CSV injection).
/// </summary>
internal static class CsvText
{
    private const string Quote = "\"";

    // Full-width forms too: some programs read them as the plain ones.
    private static readonly SearchValues<char> s_beginsFormula = SearchValues.Create("=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> s_wantsQuotes = SearchValues.Create(",;\t\r\n\"'");

    public static string Field(string value)
    {
        // What is before it does not keep a program from seeing a formula: it drops white space, and quotes.
        var seen = value.AsSpan().TrimStart(" \u00A0\"'\uFEFF");
        var safe = seen.Length > 0 && s_beginsFormula.Contains(seen[0]) || value.Length > 0 && s_beginsFormula.Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(s_wantsQuotes) || safe.Length != safe.AsSpan().Trim().Length
            ? $"{Quote}{safe.Replace(Quote, Quote + Quote, StringComparison.Ordinal)}{Quote}"
            : safe;
    }

    /// <summary>A line with its end.</summary>
    public static string Line(params IEnumerable<string> values) => string.Join(',', values.Select(Field)) + "\r\n";
}
