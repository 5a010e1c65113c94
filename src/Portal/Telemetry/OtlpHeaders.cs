namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Headers for the receiver of telemetry, as a file has them: <c>name=value</c>, a line each, without commas.</summary>
internal static class OtlpHeaders
{
    /// <summary>The headers, as the exporter takes them; null where the file cannot be read or has another line.</summary>
    public static string? Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            return lines.TrueForAll(IsHeader) ? string.Join(',', lines.Select(Encode)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsHeader(string line) => line.IndexOf('=', StringComparison.Ordinal) > 0 && !line.Contains(',', StringComparison.Ordinal);

    // The exporter decodes the whole, and then separates headers by commas: a comma in a value would end it, however it is written.
    private static string Encode(string line) => line.Replace("%", "%25", StringComparison.Ordinal);
}
