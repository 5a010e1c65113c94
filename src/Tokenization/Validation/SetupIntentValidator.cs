using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// The only validator of what may be tokenized (DESIGN D5, D7): an HTTP body or a page passes it each property as UTF-8 and
/// calls <see cref="Validate"/> once. It collects every broken rule. Its messages name the field and the rule, but neither the
/// value nor a property name that the caller made up.
/// </summary>
/// <param name="testCards">Which card numbers the caller's environment accepts.</param>
public sealed class SetupIntentValidator(TestCardRule testCards) : BodyValidator, IMetadataValidator, IDisposable
{
    /// <summary>The maximum length of a reference, in characters (seed).</summary>
    public const int MaximumReferenceLength = 60;

    /// <summary>The maximum length of the terms, in characters (Dojo's OpenAPI).</summary>
    public const int MaximumTermsLength = 10240;

    /// <summary>The maximum length of a description, in characters (seed).</summary>
    public const int MaximumDescriptionLength = 4096;

    private static readonly Dictionary<string, JsonShape> s_keptShapes = new(StringComparer.Ordinal)
    {
        ["customer"] = PartyShapes.Customer,
        ["billingAddress"] = PartyShapes.Address,
        ["shippingDetails"] = PartyShapes.ShippingDetails,
        ["config"] = PartyShapes.Config,
        ["paymentMethods"] = PartyShapes.PaymentMethods,
    };

    private static readonly Dictionary<string, JsonShape> s_ignoredShapes = new(StringComparer.Ordinal)
    {
        ["captureMode"] = PartyShapes.CaptureMode,
        ["orderDetails"] = PartyShapes.OrderDetails,
    };

    private readonly MetadataRules _metadata = new();
    private readonly StoredProperties _kept = new();
    private readonly CardRules _card = new(testCards);
    private bool _hasReference;
    private string? _reference;
    private string? _description;
    private string? _terms;
    private string? _transactionType;
    private DateTimeOffset? _expireAt;
    private Money? _intendedAmount;

    /// <summary>The properties that are stored and returned.</summary>
    public static IReadOnlyCollection<string> KeptNames => s_keptShapes.Keys;

    /// <summary>The properties that are only validated: no answer contains them.</summary>
    public static IReadOnlyCollection<string> IgnoredNames => s_ignoredShapes.Keys;

    /// <summary>Validates the card number.</summary>
    public void CardNumber(ReadOnlySpan<byte> utf8) => _card.Number(Errors, utf8);

    /// <summary>Validates the card's expiry.</summary>
    public void ExpiryDate(ReadOnlySpan<byte> utf8) => _card.Expiry(Errors, utf8);

    /// <summary>Validates the merchant's reference.</summary>
    public void Reference(ReadOnlySpan<byte> utf8)
    {
        _hasReference = true;
        _reference = ReferenceRules.Validate(Errors, utf8);
    }

    /// <summary>Validates the description.</summary>
    public void Description(ReadOnlySpan<byte> utf8)
    {
        _description = FreeText.Validate(Errors, Fields.Description, utf8);
        if (FreeText.LengthOf(utf8) > MaximumDescriptionLength)
        {
            Errors.Add(Fields.Description, "The field Description must be a string with a maximum length of 4096.");
        }
    }

    /// <summary>Notes that metadata was sent, possibly without entries.</summary>
    public void Metadata() => _metadata.Begin();

    /// <summary>Validates one entry of the metadata.</summary>
    public void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value) => _metadata.Add(Errors, utf8Key, utf8Value);

    /// <summary>Validates the terms that the customer agrees to.</summary>
    public void Terms(ReadOnlySpan<byte> utf8)
    {
        _terms = FreeText.Validate(Errors, Fields.Terms, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumTermsLength)
        {
            Errors.Add(Fields.Terms, "The field Terms must be a string with a minimum length of 1 and a maximum length of 10240.");
        }
    }

    /// <summary>Validates the type of transaction that the merchant may initiate.</summary>
    public void TransactionType(ReadOnlySpan<byte> utf8)
    {
        _transactionType = TransactionTypes.Find(utf8);
        if (_transactionType is null)
        {
            Errors.Add(Fields.MerchantInitiatedTransactionType, "The MerchantInitiatedTransactionType field must be one of NoShow, Unscheduled.");
        }
    }

    /// <summary>Sets when the setup intent expires unless it is authorized.</summary>
    public void ExpireAt(DateTimeOffset instant) => _expireAt = instant.ToUniversalTime();

    /// <summary>Reads the amount intended to be collected; the reader is at it.</summary>
    public void IntendedAmount(ref Utf8JsonReader reader) => _intendedAmount = MoneyRules.Read(ref reader, Fields.IntendedAmount, Errors);

    /// <summary>Validates and keeps a property of <see cref="KeptNames"/>; the reader is at its value.</summary>
    public void Keep(string property, ref Utf8JsonReader reader) => _kept.Read(ref reader, property, s_keptShapes[property], Errors);

    /// <summary>Validates a property of <see cref="IgnoredNames"/>, which is accepted for compatibility and has no effect; the reader is at its value.</summary>
    public void Ignore(string property, ref Utf8JsonReader reader)
    {
        using var nowhere = new StoredProperties();
        nowhere.Read(ref reader, property, s_ignoredShapes[property], Errors);
    }

    /// <inheritdoc/>
    public override void WrongType(string field, string expected)
    {
        _card.NoteSent(field);
        _hasReference |= field == Fields.Reference;
        base.WrongType(field, expected);
    }

    /// <summary>Returns the validated request, which then owns the card number, or a refusal with every broken rule.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the caller disposes the request, which owns the card")]
    public Result<SetupIntentRequest> Validate()
    {
        _card.Validate(Errors);
        if (!_hasReference && !Errors.Has(Fields.Body))
        {
            Errors.Add(Fields.Reference, "The Reference field is required.");
        }

        ValidateAgreement();
        if (Errors.Any)
        {
            return Errors.ToRefusal();
        }

        var kept = _kept.Json;
        return new SetupIntentRequest(_card.Take(), _reference!, _description, _metadata.Entries)
        {
            CustomerId = KeptCustomer.IdIn(kept),
            Mandate = new Mandate(_transactionType, _terms, _intendedAmount, kept),
            ExpireAt = _expireAt,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _card.Dispose();
        _kept.Dispose();
    }

    /// <summary>Checks that Dojo's ordinary create has both terms and transaction type, or neither. With a card both are optional.</summary>
    private void ValidateAgreement()
    {
        if (_card.IsSent || (_terms is null && _transactionType is null))
        {
            return;
        }

        if (_terms is null && !Errors.Has(Fields.Terms))
        {
            Errors.Add(Fields.Terms, "The Terms field is required.");
        }

        if (_transactionType is null && !Errors.Has(Fields.MerchantInitiatedTransactionType))
        {
            Errors.Add(Fields.MerchantInitiatedTransactionType, "The MerchantInitiatedTransactionType field is required.");
        }
    }
}
