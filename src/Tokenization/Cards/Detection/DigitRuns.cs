namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Reduces a plain text to its digits, one byte each: the digit in the low four bits, and flags for what preceded it in the high four.
/// </summary>
internal static class DigitRuns
{
    /// <summary>The digit is the first of a group: it follows other characters, or the edge of a known form.</summary>
    public const byte BeginsGroup = 0x10;

    /// <summary>The digit is part of a known form.</summary>
    public const byte InForm = 0x20;

    /// <summary>Nothing before the digit belongs to the same number: it follows a letter, or too many marks.</summary>
    public const byte BeginsRun = 0x40;

    /// <summary>The digit follows more than one mark or a little space.</summary>
    public const byte AfterWideGap = 0x80;

    private const int WidestSpace = 3;
    private const int MostMarks = 8;

    /// <summary>Reduces the text in place.</summary>
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
