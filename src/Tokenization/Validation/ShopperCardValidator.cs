using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The one validator of the card that stands in for a shopper's in the sandbox: one of the test cards. Works like <see cref="SetupIntentValidator"/>.</summary>
public sealed class ShopperCardValidator : IBodyValidator, IDisposable
{
    private readonly FieldErrors _errors = new();
    private readonly CardRules _card = new(TestCardRule.Required);

    /// <summary>The card number, as text.</summary>
    public void CardNumber(ReadOnlySpan<byte> utf8) => _card.Number(_errors, utf8);

    /// <summary>The card's expiry, as text.</summary>
    public void ExpiryDate(ReadOnlySpan<byte> utf8) => _card.Expiry(_errors, utf8);

    /// <inheritdoc/>
    public void WrongType(string field, string expected)
    {
        _card.NoteSent(field);
        _errors.Add(field, $"The {field} field must be {expected}.");
    }

    /// <inheritdoc/>
    public void Body(string message) => _errors.Add(Fields.Body, message);

    /// <summary>The verdict. On success the card is the caller's.</summary>
    public Result<CardDetails> Validate()
    {
        _card.Validate(_errors);
        if (!_card.IsSent && !_errors.Any)
        {
            _errors.Add(Fields.CardNumber, "The CardNumber field is required.");
            _errors.Add(Fields.ExpiryDate, "The ExpiryDate field is required.");
        }

        return _errors.Any ? _errors.ToRefusal() : _card.Take()!;
    }

    /// <inheritdoc/>
    public void Dispose() => _card.Dispose();
}
