using System.Buffers;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What must hold of an attempt or an order before anybody is asked; breaking it is a mistake of the program.</summary>
internal static class AttemptRules
{
    private const int LongestTransactionId = 64;
    private static readonly SearchValues<char> s_transactionIdLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // It goes into an address and a header as it is, and into the log.
    public static void ThrowUnlessTransactionId(string transactionId)
    {
        if (transactionId.Length is 0 or > LongestTransactionId || transactionId.AsSpan().ContainsAnyExcept(s_transactionIdLetters))
        {
            throw new ArgumentException("A transaction id is 1 to 64 ASCII letters, digits, hyphens and underscores.", nameof(transactionId));
        }
    }

    public static void ThrowUnlessAmount(long amountInMinorUnits, string currencyCode)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountInMinorUnits);
        if (currencyCode.Length != 3 || currencyCode.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
        {
            throw new ArgumentException("A currency code is three capital letters.", nameof(currencyCode));
        }
    }
}
