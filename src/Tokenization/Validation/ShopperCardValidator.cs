using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The only validator of the test card that stands in for a shopper's card in the sandbox. Works like <see cref="SetupIntentValidator"/>.</summary>
public sealed class ShopperCardValidator : BodyValidator, IDisposable
{
    private readonly CardRules _card = new(TestCardRule.Required);

    /// <summary>Validates the card number.</summary>
    public void CardNumber(ReadOnlySpan<byte> utf8) => _card.Number(Errors, utf8);

    /// <summary>Validates the card's expiry.</summary>
    public void ExpiryDate(ReadOnlySpan<byte> utf8) => _card.Expiry(Errors, utf8);

    /// <inheritdoc/>
    public override void WrongType(string field, string expected)
    {
        _card.NoteSent(field);
        base.WrongType(field, expected);
    }

    /// <summary>Returns the card, which the caller then owns, or a refusal with every broken rule.</summary>
    public Result<CardDetails> Validate()
    {
        _card.Validate(Errors);
        if (!_card.IsSent && !Errors.Any)
        {
            Errors.Add(Fields.CardNumber, "The CardNumber field is required.");
            Errors.Add(Fields.ExpiryDate, "The ExpiryDate field is required.");
        }

        return Errors.Any ? Errors.ToRefusal() : _card.Take()!;
    }

    /// <inheritdoc/>
    public void Dispose() => _card.Dispose();
}
