namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>Recognises amounts and other decimal numbers: 49.99, 1,234.50, 1 234 567,89, 51.507351.</summary>
internal static class AmountForms
{
    // Fewer digits than any card number has, so no card number is taken for an amount, even as a spreadsheet formats it.
    private const int MostDigits = CardNumber.MinimumLength - 1;
    private const int MostWholeDigitsOfCoordinate = 3;
    private const int MostDecimals = 8;

    /// <summary>Returns where the number that begins here ends; 0 if there is none.</summary>
    public static int End(ReadOnlySpan<byte> plain, int at)
    {
        var whole = PlainText.DigitsAt(plain, at);
        if (whole > MostDigits || (PlainText.At(plain, at - 1) is (byte)'.' or (byte)',' && PlainText.IsFreeDigitAt(plain, at - 2)))
        {
            return 0;
        }

        var (end, digits) = (at + whole, whole);
        var thousands = whole <= 3 ? PlainText.At(plain, end) : (byte)0;
        var isGrouped = false;
        if (thousands is (byte)',' or (byte)'.' or (byte)' ' or (byte)'\'')
        {
            while (digits <= MostDigits && PlainText.At(plain, end) == thousands && PlainText.IsDigitAt(plain, end + 1) && PlainText.DigitsAt(plain, end + 1) == 3)
            {
                (end, digits, isGrouped) = (end + 4, digits + 3, true);
            }
        }

        var point = PlainText.At(plain, end);
        var decimals = point is (byte)'.' or (byte)',' && PlainText.IsDigitAt(plain, end + 1) ? PlainText.DigitsAt(plain, end + 1) : 0;
        var areDecimals = decimals is > 0 && decimals <= (isGrouped || whole > MostWholeDigitsOfCoordinate ? 2 : MostDecimals);
        if (areDecimals)
        {
            (end, digits) = (end + 1 + decimals, digits + decimals);
        }

        // Groups of three separated by spaces may be anything.
        var isNumber = areDecimals ? point != thousands || !isGrouped : isGrouped && thousands != ' ';
        return isNumber && digits <= MostDigits && !GoesOn(plain, end, areDecimals ? point : (byte)0) ? end : 0;
    }

    // After decimals, the other mark separates numbers in a list.
    private static bool GoesOn(ReadOnlySpan<byte> plain, int end, byte point)
    {
        var mark = PlainText.At(plain, end);
        var mayGoOn = mark is (byte)'.' or (byte)',' && (point == 0 || mark == point);
        return PlainText.IsDigitAt(plain, end) || (mayGoOn && PlainText.IsDigitAt(plain, end + 1));
    }
}
