using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// A validated request for a setup intent. Only <see cref="SetupIntentValidator"/> creates one, so its receiver need not check it
/// again. Disposing it zeroes the card number.
/// </summary>
public sealed class SetupIntentRequest : IDisposable
{
    internal SetupIntentRequest(CardDetails? card, string reference, string? description, IReadOnlyDictionary<string, string>? metadata)
    {
        Card = card;
        Reference = reference;
        Description = description;
        Metadata = metadata;
    }

    /// <summary>The card to tokenize; null when the setup intent is created without one.</summary>
    public CardDetails? Card { get; }

    /// <summary>The merchant's own name for the payment, 1 to 60 characters.</summary>
    public string Reference { get; }

    /// <summary>The description, at most 4096 characters; null when none was sent.</summary>
    public string? Description { get; }

    /// <summary>The metadata, at most 50 entries in the order in which they were sent; null when none was sent.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; }

    /// <summary>What the customer agrees to about later charges.</summary>
    public Mandate Mandate { get; internal init; } = Mandate.None;

    /// <summary>When the setup intent expires unless it is authorized; null for the default.</summary>
    public DateTimeOffset? ExpireAt { get; internal init; }

    /// <summary>The customer that the request names, by our id or the merchant's own; null when it names none.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>Whether this is Dojo's ordinary create, after which the customer enters a card, and not a tokenization.</summary>
    public bool IsOrdinary => Card is null && Mandate.Terms is not null;

    /// <inheritdoc/>
    public void Dispose() => Card?.Dispose();
}
