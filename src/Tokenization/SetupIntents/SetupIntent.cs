using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A setup intent as its tenant sees it: the token and what it stands for, without the card number.</summary>
/// <param name="Id">The token: <c>si_sandbox_</c> or <c>si_prod_</c> and 22 opaque base64url characters.</param>
/// <param name="Status">The status.</param>
/// <param name="CreatedAt">When it was created, UTC, in whole microseconds.</param>
/// <param name="UpdatedAt">When its status last changed.</param>
/// <param name="Reference">The merchant's reference for the payment.</param>
/// <param name="Description">The merchant's description.</param>
/// <param name="Metadata">The merchant's own data, in the order in which it was sent.</param>
public sealed record SetupIntent(
    string Id,
    SetupIntentStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Reference,
    string? Description,
    IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>The displayable card; null when none was given, or it is not shown to this caller.</summary>
    public ShownCard? Card { get; init; }

    /// <summary>The agreement about charges.</summary>
    public Mandate Mandate { get; init; } = Mandate.None;

    /// <summary>When it expires unless it is authorized before.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>The client session secret; null unless it was just issued.</summary>
    public ClientSecret? ClientSecret { get; init; }

    /// <summary>The history, oldest first; null when it was not requested.</summary>
    public IReadOnlyList<SetupIntentEvent>? Events { get; init; }
}

/// <summary>The displayable part of a card.</summary>
/// <param name="Masked">The masked number.</param>
/// <param name="Scheme">The scheme.</param>
/// <param name="Expiry">The last valid month.</param>
public sealed record ShownCard(MaskedCardNumber Masked, CardScheme Scheme, CardExpiry Expiry);

/// <summary>A page of setup intents, newest first.</summary>
/// <param name="Items">The setup intents, without their events.</param>
/// <param name="Before">The token before which the previous, newer page ends; null when there is no newer page.</param>
/// <param name="After">The token after which the next, older page begins; null when there is no older page.</param>
public sealed record SetupIntentList(IReadOnlyList<SetupIntent> Items, string? Before, string? After);
