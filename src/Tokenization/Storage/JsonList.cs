using System.Globalization;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Numbers as a list in JSON: how a statement takes many in one parameter, as <c>IN (SELECT value FROM json_each(…))</c>.</summary>
internal static class JsonList
{
    /// <summary>The list.</summary>
    public static string Of(IEnumerable<long> numbers) => $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";
}
