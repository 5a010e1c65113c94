namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A setup intent as its tenant sees it: the token and what it stands for, without the card number.</summary>
/// <param name="Id">The token: <c>si_sandbox_</c> or <c>si_prod_</c> and 22 base64url characters that tell nothing.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="CreatedAt">When it was created, UTC, in whole microseconds.</param>
/// <param name="UpdatedAt">When its status last changed.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="Description">The merchant's description.</param>
/// <param name="Metadata">The merchant's own data, in the order it was sent.</param>
public sealed record SetupIntent(
    string Id,
    SetupIntentStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Reference,
    string? Description,
    IReadOnlyDictionary<string, string>? Metadata);
