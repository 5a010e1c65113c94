using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A request for a capture in which every rule of form holds.</summary>
/// <param name="Amount">How much, in minor units, without the tip.</param>
/// <param name="TipsAmount">The tip, in minor units; taken besides the amount, from what was authorized.</param>
public sealed record CaptureRequest(long Amount, long TipsAmount);

/// <summary>The one validator of requests for captures. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class CaptureValidator : IBodyValidator
{
    private readonly FieldErrors _errors = new();
    private long? _amount;
    private long? _tips;

    /// <summary>How much; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader) => _amount = MinorUnits.Read(ref reader, Fields.Amount, least: 1, _errors);

    /// <summary>The tip; the reader is at it.</summary>
    public void TipsAmount(ref Utf8JsonReader reader) => _tips = MinorUnits.Read(ref reader, Fields.TipsAmount, least: 0, _errors);

    /// <inheritdoc/>
    public void WrongType(string field, string expected) => _errors.Add(field, $"The {field} field must be {expected}.");

    /// <inheritdoc/>
    public void Body(string message) => _errors.Add(Fields.Body, message);

    /// <summary>The verdict.</summary>
    public Result<CaptureRequest> Validate()
    {
        if (_amount is null && !_errors.Any)
        {
            _errors.Add(Fields.Amount, "The Amount field is required.");
        }

        return _errors.Any ? _errors.ToRefusal() : new CaptureRequest(_amount!.Value, _tips ?? 0);
    }
}
