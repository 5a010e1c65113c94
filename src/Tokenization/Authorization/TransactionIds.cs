using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Names for attempts that the acquirer hears of.</summary>
internal static class TransactionIds
{
    private const int Length = 16;

    /// <summary>The name of no other attempt, also after a restart with a clock that was set back.</summary>
    public static string New() => new Guid(RandomNumberGenerator.GetBytes(Length)).ToString();
}
