using System.Globalization;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Formats an instant for exported files.</summary>
internal static class IsoInstant
{
    /// <summary>Returns the instant in ISO 8601, in UTC, to the microsecond.</summary>
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
