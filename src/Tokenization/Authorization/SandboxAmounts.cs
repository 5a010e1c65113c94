namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Amounts by which callers of the sandbox try what an acquirer may do about a capture, a reversal or a refund (docs/acquirer.md). Any other
/// amount is done at once.
/// </summary>
internal static class SandboxAmounts
{
    /// <summary>Refused for good.</summary>
    public const long Declined = 20_005;

    /// <summary>The acquirer cannot be reached.</summary>
    public const long NotAttempted = 20_503;

    /// <summary>Done, but the answer gets lost.</summary>
    public const long DoneWithoutAnswer = 20_504;

    /// <summary>Lost on the way: no answer, and never seen by the other side.</summary>
    public const long NeverSeen = 20_404;
}
