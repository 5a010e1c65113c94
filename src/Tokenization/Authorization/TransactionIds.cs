using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Makes ids for attempts at the acquirer.</summary>
internal static class TransactionIds
{
    private const int Length = 16;

    /// <summary>Returns an id that no other attempt has, even after a restart with a clock that was set back.</summary>
    public static string New() => new Guid(RandomNumberGenerator.GetBytes(Length)).ToString();
}
