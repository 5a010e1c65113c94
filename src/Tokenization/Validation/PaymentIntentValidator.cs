using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The one validator of requests for payment intents. Works like <see cref="SetupIntentValidator"/>.</summary>
public sealed class PaymentIntentValidator : IMetadataValidator, IDisposable
{
    private const int MaximumIdLength = 50;
    private const int MaximumTimeSpanLength = 40;
    private const string ChargesTheAmount = "a token is charged the Amount, and nothing besides";

    private static readonly Dictionary<string, JsonShape> s_keptShapes = new(StringComparer.Ordinal)
    {
        ["description"] = JsonShape.Text(SetupIntentValidator.MaximumDescriptionLength),
        ["cardHolderNotPresent"] = JsonShape.Boolean(),
        ["customer"] = PartyShapes.PayingCustomer,
        ["billingAddress"] = PartyShapes.Address,
        ["shippingDetails"] = PartyShapes.ShippingDetails,
        ["config"] = PartyShapes.Config,
        ["paymentMethods"] = PartyShapes.PaymentMethods,
        ["requestSecurity"] = PartyShapes.RequestSecurity,
        ["itemLines"] = PartyShapes.ItemLines,
        ["taxLines"] = PartyShapes.TaxLines,
        ["actionLink"] = PartyShapes.ActionLink,
        ["orderDetails"] = PartyShapes.OrderDetails,
    };

    private static readonly Dictionary<string, JsonShape> s_ignoredShapes = new(StringComparer.Ordinal)
    {
        // A token is charged at once: there is nothing to capture later, or to release.
        ["captureMode"] = JsonShape.OneOf("Auto"),
        ["autoExpireIn"] = JsonShape.Text(MaximumTimeSpanLength),
        ["autoExpireAction"] = PartyShapes.AutoExpireAction,
        ["isNotOnlineCheckout"] = JsonShape.Boolean(), // of no effect either way: there is no checkout
        ["tipsAmount"] = new UnofferedAmountShape(ChargesTheAmount),
        ["cashbackAmount"] = new UnofferedAmountShape(ChargesTheAmount),
        ["serviceChargeAmount"] = new UnofferedAmountShape(ChargesTheAmount),
        ["transactionSource"] = new UnofferedShape("a token is charged as its setup intent agreed, and not by mail or telephone order"),
        ["generateRemoteToken"] = new UnofferedShape("there is no page on which a customer could pay"),
    };

    private readonly FieldErrors _errors = new();
    private readonly MetadataRules _metadata = new();
    private readonly StoredProperties _kept = new();
    private Money? _amount;
    private string? _reference;
    private string? _setupIntentId;
    private DateTimeOffset? _expireAt;

    /// <summary>Properties that are kept and given back.</summary>
    public static IReadOnlyCollection<string> KeptNames => s_keptShapes.Keys;

    /// <summary>Properties that are only validated.</summary>
    public static IReadOnlyCollection<string> IgnoredNames => s_ignoredShapes.Keys;

    /// <summary>What is to be charged; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader)
    {
        _amount = MoneyRules.Read(ref reader, Fields.Amount, _errors);
        if (_amount is { Value: 0 })
        {
            _errors.Add(Fields.Amount, "The Amount field must be more than nothing.");
        }
    }

    /// <summary>The merchant's reference.</summary>
    public void Reference(ReadOnlySpan<byte> utf8) => _reference = ReferenceRules.Validate(_errors, utf8);

    /// <summary>The token to charge.</summary>
    public void SetupIntentId(ReadOnlySpan<byte> utf8)
    {
        _setupIntentId = FreeText.Validate(_errors, Fields.SetupIntentId, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumIdLength)
        {
            _errors.Add(Fields.SetupIntentId, "The SetupIntentId field must be the id of a setup intent.");
        }
    }

    /// <summary>When it is to be voided.</summary>
    public void ExpireAt(DateTimeOffset instant) => _expireAt = instant.ToUniversalTime();

    /// <inheritdoc/>
    public void Metadata() => _metadata.Begin();

    /// <inheritdoc/>
    public void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value) => _metadata.Add(_errors, utf8Key, utf8Value);

    /// <summary>A property of <see cref="KeptNames"/>; the reader is at its value.</summary>
    public void Keep(string property, ref Utf8JsonReader reader) => _kept.Read(ref reader, property, s_keptShapes[property], _errors);

    /// <summary>A property of <see cref="IgnoredNames"/>; the reader is at its value.</summary>
    public void Ignore(string property, ref Utf8JsonReader reader)
    {
        using var nowhere = new StoredProperties();
        nowhere.Read(ref reader, property, s_ignoredShapes[property], _errors);
    }

    /// <inheritdoc/>
    public void WrongType(string field, string expected) => _errors.Add(field, $"The {field} field must be {expected}.");

    /// <inheritdoc/>
    public void Body(string message) => _errors.Add(Fields.Body, message);

    /// <summary>The verdict.</summary>
    public Result<PaymentIntentRequest> Validate()
    {
        Require(_amount, Fields.Amount);
        Require(_reference, Fields.Reference);
        Require(_setupIntentId, Fields.SetupIntentId);
        return _errors.Any
            ? _errors.ToRefusal()
            : new PaymentIntentRequest
            {
                Amount = _amount!,
                Reference = _reference!,
                SetupIntentId = _setupIntentId!,
                Metadata = _metadata.Entries,
                ExpireAt = _expireAt,
                DetailsJson = _kept.Json,
            };
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    private void Require(object? value, string field)
    {
        if (value is null && !_errors.HasAnyUnder(field) && !_errors.Has(Fields.Body))
        {
            _errors.Add(field, $"The {field} field is required.");
        }
    }
}
