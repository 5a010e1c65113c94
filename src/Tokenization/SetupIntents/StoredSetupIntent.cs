using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What is kept of a card.</summary>
/// <param name="Masked">For people.</param>
/// <param name="Scheme">For people.</param>
/// <param name="Expiry">For people, and for the sweep that finds expired cards.</param>
/// <param name="Fingerprint">Recognises the same card within the account; null once card data is destroyed.</param>
/// <param name="SealedRecord">The card itself, sealed; null where it is not kept because it can never be charged.</param>
internal sealed record StoredCard(MaskedCardNumber Masked, CardScheme Scheme, CardExpiry Expiry, byte[]? Fingerprint, byte[]? SealedRecord)
{
    /// <summary>Whether anything is kept from which the number could be learned with the vault's keys.</summary>
    public bool HoldsData => Fingerprint is not null || SealedRecord is not null;
}

/// <summary>What is kept of a client session secret. The secret itself is derived from this, and is not stored.</summary>
/// <param name="Generation">How often it was renewed.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
internal sealed record ClientSecretState(int Generation, DateTimeOffset ExpiresAt);

/// <summary>An authorization whose outcome is not known.</summary>
/// <param name="TransactionId">Names it, towards the acquirer too.</param>
/// <param name="AskAt">When to ask about it next.</param>
internal sealed record UnresolvedAttempt(string TransactionId, DateTimeOffset AskAt);

/// <summary>A setup intent as it is stored.</summary>
internal sealed record StoredSetupIntent(
    long RecordId,
    Tenant Tenant,
    SetupIntentStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Reference,
    string? Description,
    IReadOnlyDictionary<string, string>? Metadata,
    StoredCard? Card)
{
    /// <summary>The terms the customer agrees to, and what the merchant may do on their strength.</summary>
    public Mandate Mandate { get; init; } = Mandate.None;

    /// <summary>The client session secret that was issued last; null when none was.</summary>
    public ClientSecretState? ClientSecret { get; init; }

    /// <summary>When it expires if it is not authorized until then.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>When the background jobs next have something to do with it; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The authorization whose outcome is not known; null when there is none.</summary>
    public UnresolvedAttempt? Attempt { get; init; }

    /// <summary>The customer whose saved card it is from its creation on; null afterwards, and where it is nobody's.</summary>
    public long? SavedFor { get; init; }

    /// <summary>The payment intent that is being charged with it; null when none is.</summary>
    public long? ChargedBy { get; init; }

    /// <summary>The same with the time of the next due work.</summary>
    public StoredSetupIntent WithDueAt(TimeSpan retention) => this with { DueAt = DueWork.DueAt(this, retention) };

    /// <summary>The same without anything from which the card number could be learned.</summary>
    public StoredSetupIntent WithoutCardData() =>
        this with { Card = Card is null ? null : Card with { Fingerprint = null, SealedRecord = null }, DueAt = null };
}
