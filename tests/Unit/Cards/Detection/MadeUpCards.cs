using System.Globalization;

namespace Dojo.Pci.Tests.Unit.Cards.Detection;

/// <summary>Generates card numbers as issuers do: a prefix of a scheme, a length in use, a valid check digit. None is on a list of test cards.</summary>
internal static class MadeUpCards
{
    private static readonly (int First, int Last, int Length)[] s_issuers =
    [
        (4, 4, 16), (4, 4, 19), (51, 55, 16), (2221, 2720, 16), (34, 34, 15), (37, 37, 15), (6011, 6011, 16), (644, 659, 16), (36, 36, 14), (3528, 3589, 16), (6221, 6269, 16), (621, 621, 19),
        (6759, 6759, 16), (6771, 6771, 19), (5018, 5018, 16), (2200, 2204, 16), (9792, 9792, 16), (6060, 6069, 16), (5060, 5061, 19), (5019, 5019, 16), (8170, 8171, 19), (6062, 6062, 16),
    ];

    /// <summary>Returns another number.</summary>
    public static string Next(Random random)
    {
        var (first, last, length) = s_issuers[random.Next(s_issuers.Length)];
        var digits = random.Next(first, last + 1).ToString(CultureInfo.InvariantCulture);
        while (digits.Length < length - 1)
        {
            digits += (char)('0' + random.Next(10));
        }

        var sum = digits.Reverse().Select((digit, place) => place % 2 == 1 ? digit - '0' : (2 * (digit - '0') / 10) + (2 * (digit - '0') % 10)).Sum();
        return digits + ((10 - (sum % 10)) % 10);
    }
}
