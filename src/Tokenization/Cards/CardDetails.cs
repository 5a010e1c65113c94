namespace Dojo.Pci.Tokenization.Cards;

/// <summary>A card as it was sent for tokenization. It owns its number and zeroes it on disposal.</summary>
/// <param name="number">The card number.</param>
/// <param name="expiry">The last month in which the card is valid.</param>
public sealed class CardDetails(CardNumber number, CardExpiry expiry) : IDisposable
{
    /// <summary>The card number.</summary>
    public CardNumber Number { get; } = number;

    /// <summary>The last month in which the card is valid.</summary>
    public CardExpiry Expiry { get; } = expiry;

    /// <inheritdoc/>
    public void Dispose() => Number.Dispose();
}
