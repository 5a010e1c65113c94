using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A card as it is stored.</summary>
/// <param name="Masked">The masked number, for display.</param>
/// <param name="Scheme">The scheme, for display.</param>
/// <param name="Expiry">The last valid month, for display and for the sweep that finds expired cards.</param>
/// <param name="Fingerprint">Identifies the same card within the account; null once card data is destroyed.</param>
/// <param name="SealedRecord">The sealed card; null when it is not kept because it can never be charged, and once card data is destroyed.</param>
internal sealed record StoredCard(MaskedCardNumber Masked, CardScheme Scheme, CardExpiry Expiry, byte[]? Fingerprint, byte[]? SealedRecord)
{
    /// <summary>Whether it contains anything from which the card number could be learned with the vault's keys.</summary>
    public bool HoldsData => Fingerprint is not null || SealedRecord is not null;
}

/// <summary>The stored state of a client session secret. The secret itself is derived from it and is not stored.</summary>
/// <param name="Generation">The number of renewals.</param>
/// <param name="ExpiresAt">When the secret expires.</param>
internal sealed record ClientSecretState(int Generation, DateTimeOffset ExpiresAt);

/// <summary>An authorization whose outcome is not known.</summary>
/// <param name="TransactionId">The id of the attempt, also for the acquirer.</param>
/// <param name="AskAt">When to ask the acquirer about it next.</param>
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
    /// <summary>The terms that the customer agrees to, and what they allow the merchant to do.</summary>
    public Mandate Mandate { get; init; } = Mandate.None;

    /// <summary>The client session secret that was issued last; null when none was.</summary>
    public ClientSecretState? ClientSecret { get; init; }

    /// <summary>When it expires unless it is authorized before.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>When it next has due work for the background jobs; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The authorization whose outcome is not known; null when there is none.</summary>
    public UnresolvedAttempt? Attempt { get; init; }

    /// <summary>
    /// The internal id of the customer for whom the card is saved at creation; null when it is saved for nobody, and in a setup intent read from the store.
    /// </summary>
    public long? SavedFor { get; init; }

    /// <summary>The internal id of the payment intent that is charging it; null when none is.</summary>
    public long? ChargedBy { get; init; }

    /// <summary>Returns a copy with the time of the next due work.</summary>
    public StoredSetupIntent WithDueAt(TimeSpan retention) => this with { DueAt = DueWork.DueAt(this, retention) };

    /// <summary>Returns a copy without anything from which the card number could be learned.</summary>
    public StoredSetupIntent WithoutCardData() =>
        this with { Card = Card is null ? null : Card with { Fingerprint = null, SealedRecord = null }, DueAt = null };
}
