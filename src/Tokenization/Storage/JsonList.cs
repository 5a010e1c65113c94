using System.Globalization;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Numbers as a JSON array, which lets a statement take many of them in one parameter: <c>IN (SELECT value FROM json_each(…))</c>.</summary>
internal static class JsonList
{
    /// <summary>Writes the JSON array.</summary>
    public static string Of(IEnumerable<long> numbers) => $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";
}
