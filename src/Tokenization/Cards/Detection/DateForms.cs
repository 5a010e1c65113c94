namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Recognises dates in figures, in every usual order and also without separators, and times of day. Each method returns where its form ends, or 0 if there
/// is none.
/// </summary>
internal static class DateForms
{
    private const int FirstYear = 1900;
    private const int LastYear = 2099;
    private const int FirstNearYear = 1990;
    private const int LastNearYear = 2060;
    private const int LongestFraction = 9;
    private const int ShortestUsualCard = 14;

    /// <summary>Recognises a date that begins at a place. The place must hold a digit.</summary>
    public static int Date(ReadOnlySpan<byte> plain, int at)
    {
        var end = DateAt(plain, at, out var separator);
        return end > 0 && !GoesOn(plain, end, separator) ? end : 0;
    }

    /// <summary>Recognises a time of day, with or without seconds and their fraction. The place must hold a digit.</summary>
    public static int Time(ReadOnlySpan<byte> plain, int at)
    {
        var hours = PlainText.DigitsAt(plain, at);
        if (hours > 2 || (PlainText.At(plain, at - 1) == ':' && PlainText.IsFreeDigitAt(plain, at - 2)) || !IsPair(plain, at + hours, limit: 60))
        {
            return 0;
        }

        var end = at + hours + 3;
        if (IsPair(plain, end, limit: 61))
        {
            end += 3;
            if (PlainText.At(plain, end) is (byte)'.' or (byte)',' && PlainText.IsDigitAt(plain, end + 1) && PlainText.DigitsAt(plain, end + 1) <= LongestFraction)
            {
                end += 1 + PlainText.DigitsAt(plain, end + 1);
            }
        }

        return Value(plain, at, hours) <= 24 && !PlainText.IsDigitAt(plain, end) && !(PlainText.At(plain, end) == ':' && PlainText.IsDigitAt(plain, end + 1)) ? end : 0;
    }

    private static int DateAt(ReadOnlySpan<byte> plain, int at, out byte separator)
    {
        separator = 0;
        var digits = PlainText.DigitsAt(plain, at);
        return digits switch
        {
            >= 8 => Compact(plain, at, digits),
            3 or > 4 => 0,
            _ => Separated(plain, at, digits, out separator),
        };
    }

    private static bool IsPair(ReadOnlySpan<byte> plain, int colon, int limit) =>
        PlainText.At(plain, colon) == ':' && PlainText.IsDigitAt(plain, colon + 1) && PlainText.DigitsAt(plain, colon + 1) == 2 && Value(plain, colon + 1, 2) < limit;

    // Eight digits in any order (20261122, 22112026, 11222026), or the year first in a longer number, perhaps followed by the time (20261122102455).
    private static int Compact(ReadOnlySpan<byte> plain, int at, int digits)
    {
        var (first, second, year) = (Value(plain, at, 2), Value(plain, at + 2, 2), Value(plain, at, 4));
        var (month, day) = (Value(plain, at + 4, 2), Value(plain, at + 6, 2));
        if (digits == 8 && IsDayAndMonth(first, second, Value(plain, at + 4, 4)) && IsNear(Value(plain, at + 4, 4)))
        {
            return at + 8;
        }

        if (!IsNear(year) || !IsDate(year, month, day))
        {
            return 0;
        }

        // A card number may directly follow a date, and may begin like a time.
        var hasTime = digits is >= 14 and < 8 + ShortestUsualCard && Value(plain, at + 8, 2) < 24 && Value(plain, at + 10, 2) < 60 && Value(plain, at + 12, 2) < 60;
        return at + (hasTime ? 14 : 8);
    }

    private static int Separated(ReadOnlySpan<byte> plain, int at, int digits, out byte separator)
    {
        var place = at + digits;
        separator = Separator(plain, ref place);
        if (separator == 0 || (PlainText.At(plain, at - 1) == separator && PlainText.IsFreeDigitAt(plain, at - 2)))
        {
            return 0;
        }

        var digitsOfSecond = PlainText.DigitsAt(plain, place);
        var second = digitsOfSecond <= 2 ? Value(plain, place, digitsOfSecond) : 0;
        place += digitsOfSecond;
        if (digitsOfSecond > 2 || Separator(plain, ref place) != separator)
        {
            return 0;
        }

        var digitsOfThird = PlainText.DigitsAt(plain, place);
        if (digitsOfThird > 4)
        {
            return 0;
        }

        var (first, third) = (Value(plain, at, digits), Value(plain, place, digitsOfThird));
        var isDate = (digits, digitsOfThird) switch
        {
            (4, <= 2) => IsDate(first, second, third),
            ( <= 2, 4) => IsDayAndMonth(first, second, third),
            ( <= 2, 2) when separator != ' ' => IsDayAndMonth(first, second, FirstYear) || (digits == 2 && IsDate(FirstYear, second, third)),
            _ => false,
        };
        return isDate ? place + digitsOfThird : 0;
    }

    // More digits after the same separator belong to the same number, unless they are another date: the end of a range.
    private static bool GoesOn(ReadOnlySpan<byte> plain, int end, byte separator) =>
        separator != 0 && PlainText.At(plain, end) == separator && PlainText.IsDigitAt(plain, end + 1) && DateAt(plain[(end + 1)..], 0, out _) == 0;

    // A slash, dot, hyphen or space; the first three may have a space on either side. Moves the place to the digit after it.
    private static byte Separator(ReadOnlySpan<byte> plain, ref int place)
    {
        var at = place;
        at += PlainText.At(plain, at) == ' ' ? 1 : 0;
        var separator = (byte)' ';
        if (PlainText.At(plain, at) is (byte)'/' or (byte)'.' or (byte)'-')
        {
            separator = PlainText.At(plain, at++);
            at += PlainText.At(plain, at) == ' ' ? 1 : 0;
        }

        if (at == place || !PlainText.IsDigitAt(plain, at))
        {
            return 0;
        }

        place = at;
        return separator;
    }

    // Without separators, any eight digits may look like a date.
    private static bool IsNear(int year) => year is >= FirstNearYear and <= LastNearYear;

    private static bool IsDayAndMonth(int first, int second, int year) => IsDate(year, first, second) || IsDate(year, second, first);

    private static bool IsDate(int year, int month, int day) => year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day is >= 1 and <= 31;

    private static int Value(ReadOnlySpan<byte> plain, int at, int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            value = (value * 10) + PlainText.At(plain, at + i) - '0';
        }

        return value;
    }
}
