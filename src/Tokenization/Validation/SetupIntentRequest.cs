using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// A request for a setup intent in which every rule of form holds. Only <see cref="SetupIntentValidator"/> makes one, so
/// its receiver need not check again. Disposing it zeroes the card number.
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

    /// <summary>At most 4096 characters.</summary>
    public string? Description { get; }

    /// <summary>At most 50 entries, in the order they were sent; null when none were sent.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; }

    /// <summary>What is agreed about the charges to come.</summary>
    public Mandate Mandate { get; internal init; } = Mandate.None;

    /// <summary>When it is to expire unless it is authorized; null for the default.</summary>
    public DateTimeOffset? ExpireAt { get; internal init; }

    /// <summary>The customer that the request names, by an id of ours or of the merchant's own; null where it names none.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>Whether this is Dojo's ordinary create, by which the customer is to enter a card later, and not a tokenization.</summary>
    public bool IsOrdinary => Card is null && Mandate.Terms is not null;

    /// <inheritdoc/>
    public void Dispose() => Card?.Dispose();
}
