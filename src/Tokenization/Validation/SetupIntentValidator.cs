using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// The one validator of what may be tokenized (DESIGN D5, D7): an HTTP body or a page tells it each property
/// as UTF-8 and asks for the verdict once. It collects every broken rule, and its messages name the field and the rule but
/// never the value, nor a property name that the caller made up.
/// </summary>
/// <param name="testCards">Which card numbers the caller's environment takes.</param>
public sealed class SetupIntentValidator(TestCardRule testCards) : BodyValidator, IMetadataValidator, IDisposable
{
    /// <summary>Most characters of a reference (seed).</summary>
    public const int MaximumReferenceLength = 60;

    /// <summary>Most characters of the terms (Dojo's OpenAPI).</summary>
    public const int MaximumTermsLength = 10240;

    /// <summary>Most characters of a description (seed).</summary>
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

    /// <summary>Properties that are kept and given back.</summary>
    public static IReadOnlyCollection<string> KeptNames => s_keptShapes.Keys;

    /// <summary>Properties that are only validated: no answer has them.</summary>
    public static IReadOnlyCollection<string> IgnoredNames => s_ignoredShapes.Keys;

    /// <summary>The card number, as text.</summary>
    public void CardNumber(ReadOnlySpan<byte> utf8) => _card.Number(Errors, utf8);

    /// <summary>The card's expiry, as text.</summary>
    public void ExpiryDate(ReadOnlySpan<byte> utf8) => _card.Expiry(Errors, utf8);

    /// <summary>The merchant's reference.</summary>
    public void Reference(ReadOnlySpan<byte> utf8)
    {
        _hasReference = true;
        _reference = ReferenceRules.Validate(Errors, utf8);
    }

    /// <summary>The description.</summary>
    public void Description(ReadOnlySpan<byte> utf8)
    {
        _description = FreeText.Validate(Errors, Fields.Description, utf8);
        if (FreeText.LengthOf(utf8) > MaximumDescriptionLength)
        {
            Errors.Add(Fields.Description, "The field Description must be a string with a maximum length of 4096.");
        }
    }

    /// <summary>That there is metadata, perhaps without entries.</summary>
    public void Metadata() => _metadata.Begin();

    /// <summary>One entry of the metadata.</summary>
    public void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value) => _metadata.Add(Errors, utf8Key, utf8Value);

    /// <summary>The terms that the customer agrees to.</summary>
    public void Terms(ReadOnlySpan<byte> utf8)
    {
        _terms = FreeText.Validate(Errors, Fields.Terms, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumTermsLength)
        {
            Errors.Add(Fields.Terms, "The field Terms must be a string with a minimum length of 1 and a maximum length of 10240.");
        }
    }

    /// <summary>What the merchant may initiate.</summary>
    public void TransactionType(ReadOnlySpan<byte> utf8)
    {
        _transactionType = TransactionTypes.Find(utf8);
        if (_transactionType is null)
        {
            Errors.Add(Fields.MerchantInitiatedTransactionType, "The MerchantInitiatedTransactionType field must be one of NoShow, Unscheduled.");
        }
    }

    /// <summary>When it is to expire.</summary>
    public void ExpireAt(DateTimeOffset instant) => _expireAt = instant.ToUniversalTime();

    /// <summary>The amount intended to be collected; the reader is at it.</summary>
    public void IntendedAmount(ref Utf8JsonReader reader) => _intendedAmount = MoneyRules.Read(ref reader, Fields.IntendedAmount, Errors);

    /// <summary>A property that is kept as it was sent and given back, one of <see cref="KeptNames"/>; the reader is at its value.</summary>
    public void Keep(string property, ref Utf8JsonReader reader) => _kept.Read(ref reader, property, s_keptShapes[property], Errors);

    /// <summary>A property that is taken for compatibility and means nothing here, one of <see cref="IgnoredNames"/>. It is validated all the same.</summary>
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

    /// <summary>The verdict. On success the request takes the card number over.</summary>
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

    /// <summary>Dojo's ordinary create has both or neither; with a card both are optional.</summary>
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
