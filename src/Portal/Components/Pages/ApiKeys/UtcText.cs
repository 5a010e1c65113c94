using System.Globalization;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Times as <c>input type="datetime-local"</c> has them, meant as UTC.</summary>
internal static class UtcText
{
    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFF"];

    public static string Write(DateTimeOffset? at) => at?.UtcDateTime.ToString(s_formats[0], CultureInfo.InvariantCulture) ?? "";

    /// <summary>False for what is no time. Nothing written is no time chosen.</summary>
    public static bool TryRead(string? written, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(written))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(written, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        at = isTime ? read : null;
        return isTime;
    }
}
