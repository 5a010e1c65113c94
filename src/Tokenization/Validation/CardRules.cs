using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for a card in a request: number and expiry belong together, and each environment accepts its own numbers.</summary>
/// <param name="testCards">Which card numbers the caller's environment accepts.</param>
internal sealed class CardRules(TestCardRule testCards) : IDisposable
{
    private CardNumber? _number;
    private CardExpiry? _expiry;
    private bool _hasNumber;
    private bool _hasExpiry;

    /// <summary>Whether any part of a card was sent, valid or not.</summary>
    public bool IsSent => _hasNumber || _hasExpiry;

    /// <summary>Notes that a field was sent with a value of the wrong type.</summary>
    public void NoteSent(string field)
    {
        _hasNumber |= field == Fields.CardNumber;
        _hasExpiry |= field == Fields.ExpiryDate;
    }

    /// <summary>Validates the card number.</summary>
    public void Number(FieldErrors errors, ReadOnlySpan<byte> utf8)
    {
        _hasNumber = true;
        if (CardNumber.TryCreate(utf8, out var number))
        {
            _number?.Dispose();
            _number = number;
            return;
        }

        var onlyDigits = utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (!onlyDigits)
        {
            errors.Add(Fields.CardNumber, "The CardNumber field must consist of the digits 0 to 9 only, without spaces or separators.");
        }

        if (FreeText.LengthOf(utf8) is < CardNumber.MinimumLength or > CardNumber.MaximumLength)
        {
            errors.Add(Fields.CardNumber, "The CardNumber field must be 12 to 19 digits long.");
        }

        if (onlyDigits && utf8 is [(byte)'0', ..])
        {
            errors.Add(Fields.CardNumber, "The CardNumber field must not start with 0.");
        }

        if (onlyDigits && !Luhn.IsValid(utf8))
        {
            errors.Add(Fields.CardNumber, "The CardNumber field is not a card number: its check digit is wrong.");
        }
    }

    /// <summary>Validates the card's expiry.</summary>
    public void Expiry(FieldErrors errors, ReadOnlySpan<byte> utf8)
    {
        _hasExpiry = true;
        if (CardExpiry.TryParse(utf8, out var expiry))
        {
            _expiry = expiry;
        }
        else
        {
            errors.Add(Fields.ExpiryDate, "The ExpiryDate field must have the format 'MM/YY', with a month from 01 to 12.");
        }
    }

    /// <summary>Validates the parts together.</summary>
    public void Validate(FieldErrors errors)
    {
        if (_hasNumber && !_hasExpiry)
        {
            errors.Add(Fields.ExpiryDate, "The ExpiryDate field is required when CardNumber is given.");
        }
        else if (_hasExpiry && !_hasNumber)
        {
            errors.Add(Fields.CardNumber, "The CardNumber field is required when ExpiryDate is given.");
        }

        if (_number is not null && _number.IsTestCard(out _) != (testCards == TestCardRule.Required))
        {
            errors.Add(
                Fields.CardNumber,
                testCards == TestCardRule.Required
                    ? "The CardNumber field must be one of the test cards in the sandbox. They are listed at /docs/test-cards."
                    : "The CardNumber field must not be a test card in production. Test cards are listed at /docs/test-cards.");
        }
    }

    /// <summary>Returns the card, which the caller then owns; null when the request has no valid card.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the caller disposes the card")]
    public CardDetails? Take()
    {
        var card = _number is not null && _expiry is { } expiry ? new CardDetails(_number, expiry) : null;
        _number = null;
        return card;
    }

    /// <inheritdoc/>
    public void Dispose() => _number?.Dispose();
}
