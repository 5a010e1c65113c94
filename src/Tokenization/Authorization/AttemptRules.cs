using System.Buffers;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The rules for an attempt or an order, checked before anyone is asked. Breaking one is a bug of the caller.</summary>
internal static class AttemptRules
{
    private const int LongestTransactionId = 64;
    private static readonly SearchValues<char> s_transactionIdLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // The id is placed unescaped into an address, a header and the log.
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
