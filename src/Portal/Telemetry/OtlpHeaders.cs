namespace Dojo.Pci.Portal.Telemetry;

/// <summary>Reads the headers for the telemetry receiver from a file: <c>name=value</c>, one per line, without commas.</summary>
internal static class OtlpHeaders
{
    /// <summary>Returns the headers in the exporter's format; null if the file cannot be read or has a line of another form.</summary>
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

    // The exporter decodes the whole text before it splits it at commas, so a comma would end a value even if it were encoded.
    private static string Encode(string line) => line.Replace("%", "%25", StringComparison.Ordinal);
}
