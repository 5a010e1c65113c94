using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

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
    IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>The card, as far as it may be shown; null when none was given.</summary>
    public ShownCard? Card { get; init; }

    /// <summary>What is agreed about charges.</summary>
    public Mandate Mandate { get; init; } = Mandate.None;

    /// <summary>When it expires unless it is authorized until then.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>The client session secret, where one was just issued.</summary>
    public ClientSecret? ClientSecret { get; init; }

    /// <summary>Its history, oldest first; null where it was not asked for.</summary>
    public IReadOnlyList<SetupIntentEvent>? Events { get; init; }
}

/// <summary>A card, as far as it may be shown.</summary>
/// <param name="Masked">Its number, masked.</param>
/// <param name="Scheme">Its scheme.</param>
/// <param name="Expiry">Its last valid month.</param>
public sealed record ShownCard(MaskedCardNumber Masked, CardScheme Scheme, CardExpiry Expiry);

/// <summary>A page of setup intents, newest first.</summary>
/// <param name="Items">The setup intents, without their events.</param>
/// <param name="Before">The token before which the previous, newer page ends; null when there is none newer.</param>
/// <param name="After">The token after which the next, older page begins; null when there is none older.</param>
public sealed record SetupIntentList(IReadOnlyList<SetupIntent> Items, string? Before, string? After);
