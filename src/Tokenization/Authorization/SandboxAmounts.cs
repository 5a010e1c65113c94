namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Amounts with which callers of the sandbox test how an acquirer may respond to a capture, a reversal or a refund (docs/acquirer.md). Any other
/// amount is done at once.
/// </summary>
internal static class SandboxAmounts
{
    /// <summary>The order is refused for good.</summary>
    public const long Declined = 20_005;

    /// <summary>The acquirer cannot be reached.</summary>
    public const long NotAttempted = 20_503;

    /// <summary>The order is carried out, but the answer gets lost.</summary>
    public const long DoneWithoutAnswer = 20_504;

    /// <summary>The order is lost on the way: there is no answer, and the other side never sees it.</summary>
    public const long NeverSeen = 20_404;
}
