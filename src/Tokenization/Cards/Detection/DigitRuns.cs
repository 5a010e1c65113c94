namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Reduces a plain text to its digits, one byte each: the digit in the low four bits, and above it what stood before.
/// </summary>
internal static class DigitRuns
{
    /// <summary>The first digit of a group: something, or the edge of a known form, stands before it.</summary>
    public const byte BeginsGroup = 0x10;

    /// <summary>The digit is part of a known form.</summary>
    public const byte InForm = 0x20;

    /// <summary>Nothing before it belongs to the same number: a letter stands before it, or too much else.</summary>
    public const byte BeginsRun = 0x40;

    /// <summary>More stands before it than one mark or a little space.</summary>
    public const byte AfterWideGap = 0x80;

    private const int WidestSpace = 3;
    private const int MostMarks = 8;

    /// <summary>Reduces the text in its own place.</summary>
    public static ReadOnlySpan<byte> Compress(Span<byte> plain)
    {
        var (count, marks, spaces) = (0, 0, 0);
        var (afterLetter, wasInForm) = (true, false);
        foreach (var character in plain)
        {
            var bare = (byte)(character & ~PlainText.Marked);
            if (!PlainText.IsDigit(bare))
            {
                afterLetter |= PlainText.IsLetter(bare);
                spaces += bare == ' ' ? 1 : 0;
                marks += bare == ' ' ? 0 : 1;
                continue;
            }

            var isInForm = bare != character;
            var flags = isInForm ? InForm : 0;
            flags |= afterLetter || marks > 0 || spaces > 0 || isInForm != wasInForm ? BeginsGroup : 0;
            flags |= afterLetter || marks > MostMarks ? BeginsRun : 0;
            flags |= marks > 1 || (marks == 1 && spaces > 0) || spaces > WidestSpace ? AfterWideGap : 0;
            plain[count++] = (byte)(bare - '0' | flags);
            (marks, spaces, afterLetter, wasInForm) = (0, 0, false, isInForm);
        }

        return plain[..count];
    }
}
