using System.Globalization;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Times as <c>input type="datetime-local"</c> has them, meant as UTC.</summary>
internal static class UtcText
{
    public static string Write(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>False for what is no time. Nothing written is no time chosen.</summary>
    public static bool TryRead(string? written, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(written))
        {
            return true;
        }

        var isTime = InstantText.TryParse(written, out var read);
        at = isTime ? read : null;
        return isTime;
    }
}
