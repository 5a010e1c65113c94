using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The one validator of requests for payment intents. Works like <see cref="SetupIntentValidator"/>.</summary>
public sealed class PaymentIntentValidator : IMetadataValidator, IDisposable
{
    private const int MaximumIdLength = 50;
    private const int MaximumTimeSpanLength = 40;

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
        ["cashbackAmount"] = new UnofferedAmountShape("cash is handed out at a card machine, and there is none here"),
        ["transactionSource"] = new UnofferedShape("payments by mail or telephone order are not told apart here"),
        ["generateRemoteToken"] = new UnofferedShape("there is no page on which a customer could pay"),
    };

    private readonly FieldErrors _errors = new();
    private readonly MetadataRules _metadata = new();
    private readonly StoredProperties _kept = new();
    private Money? _amount;
    private Money? _tips;
    private Money? _serviceCharge;
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

    /// <summary>A tip; the reader is at it.</summary>
    public void TipsAmount(ref Utf8JsonReader reader) => _tips = MoneyRules.Read(ref reader, Fields.TipsAmount, _errors);

    /// <summary>A service charge; the reader is at it.</summary>
    public void ServiceChargeAmount(ref Utf8JsonReader reader) => _serviceCharge = MoneyRules.Read(ref reader, Fields.ServiceChargeAmount, _errors);

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
        ValidateAddition(_tips, Fields.TipsAmount);
        ValidateAddition(_serviceCharge, Fields.ServiceChargeAmount);
        if (_amount is not null && _amount.Value + (_tips?.Value ?? 0) + (_serviceCharge?.Value ?? 0) > MoneyRules.LargestValue)
        {
            _errors.Add(Fields.Amount, $"The Amount field, with tip and service charge, must be at most {MoneyRules.LargestValue}.");
        }

        return _errors.Any
            ? _errors.ToRefusal()
            : new PaymentIntentRequest
            {
                Amount = _amount!,
                Reference = _reference!,
                TipsAmount = _tips?.Value ?? 0,
                ServiceChargeAmount = _serviceCharge?.Value ?? 0,
                SetupIntentId = _setupIntentId,
                Metadata = _metadata.Entries,
                ExpireAt = _expireAt,
                DetailsJson = _kept.Json,
            };
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    private void ValidateAddition(Money? addition, string field)
    {
        if (addition is not null && _amount is not null && addition.CurrencyCode != _amount.CurrencyCode)
        {
            _errors.Add($"{field}.CurrencyCode", $"The {field}.CurrencyCode field must be the same as that of the Amount.");
        }
    }

    private void Require(object? value, string field)
    {
        if (value is null && !_errors.HasAnyUnder(field) && !_errors.Has(Fields.Body))
        {
            _errors.Add(field, $"The {field} field is required.");
        }
    }
}
