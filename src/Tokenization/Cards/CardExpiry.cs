using System.Globalization;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>The last month in which a card is valid.</summary>
/// <param name="Year">The year, 2000 to 2099.</param>
/// <param name="Month">The month, 1 to 12.</param>
public readonly record struct CardExpiry(int Year, int Month)
{
    /// <summary>
    /// The first instant at which the card is expired: 12:00 UTC on the first of the following month, when the month has
    /// ended everywhere on earth (DESIGN D4).
    /// </summary>
    public DateTimeOffset ExpiredFrom => new DateTimeOffset(Year, Month, 1, 12, 0, 0, TimeSpan.Zero).AddMonths(1);

    /// <summary>Parses exactly <c>MM/YY</c> in ASCII digits, with the year in this century.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CardExpiry expiry)
    {
        expiry = default;
        if (text.Length != 5 || text[2] != '/' || !TryTwoDigits(text[..2], out var month) || !TryTwoDigits(text[3..], out var year) || month is < 1 or > 12)
        {
            return false;
        }

        expiry = new CardExpiry(2000 + year, month);
        return true;
    }

    /// <summary>Whether the card has expired at <paramref name="now"/>.</summary>
    public bool IsExpiredAt(DateTimeOffset now) => now >= ExpiredFrom;

    /// <summary>Returns <c>MM/YY</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month:00}/{Year % 100:00}");

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = ((text[0] - '0') * 10) + (text[1] - '0');
        return char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]);
    }
}
