using System.Globalization;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The only validator of requests for payment intents. Works like <see cref="SetupIntentValidator"/>.</summary>
public sealed class PaymentIntentValidator : BodyValidator, IMetadataValidator, IDisposable
{
    private const int MaximumIdLength = 50;
    private const string CustomerName = "customer";
    private static readonly TimeSpan s_shortestTimeToCapture = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestTimeToCapture = TimeSpan.FromDays(7);
    private static readonly string[] s_timeFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"dd\.hh\:mm\:ss"];

    private static readonly Dictionary<string, JsonShape> s_keptShapes = new(StringComparer.Ordinal)
    {
        ["description"] = JsonShape.Text(SetupIntentValidator.MaximumDescriptionLength),
        ["cardHolderNotPresent"] = JsonShape.Boolean(),
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
        ["isNotOnlineCheckout"] = JsonShape.Boolean(), // has no effect either way: there is no checkout
        ["cashbackAmount"] = new UnofferedAmountShape("cash is handed out at a card machine, and there is none here"),
        ["transactionSource"] = new UnofferedShape("payments by mail or telephone order are not told apart here"),
        ["generateRemoteToken"] = new UnofferedShape("there is no page on which a customer could pay"),
    };

    private readonly MetadataRules _metadata = new();
    private readonly StoredProperties _kept = new();
    private Money? _amount;
    private Money? _tips;
    private Money? _serviceCharge;
    private string? _reference;
    private string? _setupIntentId;
    private DateTimeOffset? _expireAt;
    private CaptureMode _captureMode;
    private TimeSpan? _autoExpireIn;
    private AutoExpireAction? _autoExpireAction;
    private string? _customerSecret;
    private string? _savedCardId;

    /// <summary>The properties that are stored and returned.</summary>
    public static IReadOnlyCollection<string> KeptNames { get; } = [.. s_keptShapes.Keys, CustomerName];

    /// <summary>The properties that are only validated.</summary>
    public static IReadOnlyCollection<string> IgnoredNames => s_ignoredShapes.Keys;

    /// <summary>Reads the amount to charge; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader)
    {
        _amount = MoneyRules.Read(ref reader, Fields.Amount, Errors);
        if (_amount is { Value: 0 })
        {
            Errors.Add(Fields.Amount, "The Amount field must be greater than 0.");
        }
    }

    /// <summary>Reads the tip; the reader is at it.</summary>
    public void TipsAmount(ref Utf8JsonReader reader) => _tips = MoneyRules.Read(ref reader, Fields.TipsAmount, Errors);

    /// <summary>Reads the service charge; the reader is at it.</summary>
    public void ServiceChargeAmount(ref Utf8JsonReader reader) => _serviceCharge = MoneyRules.Read(ref reader, Fields.ServiceChargeAmount, Errors);

    /// <summary>Validates the merchant's reference.</summary>
    public void Reference(ReadOnlySpan<byte> utf8) => _reference = ReferenceRules.Validate(Errors, utf8);

    /// <summary>Validates the id of the token to charge.</summary>
    public void SetupIntentId(ReadOnlySpan<byte> utf8)
    {
        _setupIntentId = FreeText.Validate(Errors, Fields.SetupIntentId, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumIdLength)
        {
            Errors.Add(Fields.SetupIntentId, "The SetupIntentId field must be the id of a setup intent.");
        }
    }

    /// <summary>Validates whether a charge captures the amount at once.</summary>
    public void CaptureMode(ReadOnlySpan<byte> utf8) => _captureMode = OneOf<CaptureMode>(Fields.CaptureMode, utf8) ?? default;

    /// <summary>Validates how long an authorized amount can be captured: <c>hh:mm:ss</c>, optionally preceded by days and a full stop.</summary>
    public void AutoExpireIn(ReadOnlySpan<byte> utf8)
    {
        if (FreeText.Validate(Errors, Fields.AutoExpireIn, utf8) is { } text
            && TimeSpan.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, out var time)
            && time > s_shortestTimeToCapture && time < s_longestTimeToCapture)
        {
            _autoExpireIn = time;
        }
        else
        {
            Errors.Add(Fields.AutoExpireIn, "The AutoExpireIn field must be a time with the format 'dd.hh:mm:ss', more than 30 seconds and less than 7 days.");
        }
    }

    /// <summary>Validates what happens to an authorized amount that is not captured in time.</summary>
    public void AutoExpireAction(ReadOnlySpan<byte> utf8) => _autoExpireAction = OneOf<AutoExpireAction>(Fields.AutoExpireAction, utf8);

    /// <summary>Sets when the payment intent is canceled unless it is charged.</summary>
    public void ExpireAt(DateTimeOffset instant) => _expireAt = instant.ToUniversalTime();

    /// <inheritdoc/>
    public void Metadata() => _metadata.Begin();

    /// <inheritdoc/>
    public void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value) => _metadata.Add(Errors, utf8Key, utf8Value);

    /// <summary>Validates and keeps a property of <see cref="KeptNames"/>; the reader is at its value.</summary>
    public void Keep(string property, ref Utf8JsonReader reader) =>
        _kept.Read(ref reader, property, property == CustomerName ? PartyShapes.PayingCustomer(secret => _customerSecret = secret, card => _savedCardId = card) : s_keptShapes[property], Errors);

    /// <summary>Validates a property of <see cref="IgnoredNames"/>; the reader is at its value.</summary>
    public void Ignore(string property, ref Utf8JsonReader reader)
    {
        using var nowhere = new StoredProperties();
        nowhere.Read(ref reader, property, s_ignoredShapes[property], Errors);
    }

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<PaymentIntentRequest> Validate()
    {
        Require(_amount, Fields.Amount);
        Require(_reference, Fields.Reference);
        ValidateAddition(_tips, Fields.TipsAmount);
        ValidateAddition(_serviceCharge, Fields.ServiceChargeAmount);
        if (_amount is not null && _amount.Value + (_tips?.Value ?? 0) + (_serviceCharge?.Value ?? 0) > MoneyRules.LargestValue)
        {
            Errors.Add(Fields.Amount, $"The Amount field, with tip and service charge, must be at most {MoneyRules.LargestValue}.");
        }

        ValidateSavedCard();
        return Errors.Any
            ? Errors.ToRefusal()
            : Request(_kept.Json);
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    private PaymentIntentRequest Request(string? detailsJson) => new()
    {
        Amount = _amount!,
        Reference = _reference!,
        TipsAmount = _tips?.Value ?? 0,
        ServiceChargeAmount = _serviceCharge?.Value ?? 0,
        CaptureMode = _captureMode,
        AutoExpireIn = _autoExpireIn,
        AutoExpireAction = _autoExpireAction,
        SetupIntentId = _setupIntentId,
        SavedCard = _savedCardId is null ? null : new PayingCustomer(_customerSecret!, _savedCardId, KeptCustomer.IdIn(detailsJson)),
        Metadata = _metadata.Entries,
        ExpireAt = _expireAt,
        DetailsJson = detailsJson,
    };

    private void ValidateSavedCard()
    {
        if (_savedCardId is null != _customerSecret is null)
        {
            var missing = _savedCardId is null ? "Customer.SavedCardId" : "Customer.Secret";
            Errors.Add(missing, $"The {missing} field is required: to pay with a saved card, send its id together with a secret of its customer.");
        }
        else if (_savedCardId is not null && _setupIntentId is not null)
        {
            Errors.Add("Customer.SavedCardId", "The Customer.SavedCardId field must be left out when SetupIntentId names the token to charge.");
        }
    }

    private T? OneOf<T>(string field, ReadOnlySpan<byte> utf8)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Ascii.EqualsIgnoreCase(utf8, value.ToString()))
            {
                return value;
            }
        }

        Errors.Add(field, $"The {field} field must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        return null;
    }

    private void ValidateAddition(Money? addition, string field)
    {
        if (addition is not null && _amount is not null && addition.CurrencyCode != _amount.CurrencyCode)
        {
            Errors.Add($"{field}.CurrencyCode", $"The {field}.CurrencyCode field must be the same as that of the Amount.");
        }
    }

    private void Require(object? value, string field)
    {
        if (value is null && !Errors.HasAnyUnder(field) && !Errors.Has(Fields.Body))
        {
            Errors.Add(field, $"The {field} field is required.");
        }
    }
}
