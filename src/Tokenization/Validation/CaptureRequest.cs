using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request for a capture.</summary>
/// <param name="Amount">The amount, in minor units, without the tip.</param>
/// <param name="TipsAmount">The tip, in minor units; captured in addition to the amount, from what was authorized.</param>
public sealed record CaptureRequest(long Amount, long TipsAmount);

/// <summary>The only validator of requests for captures. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class CaptureValidator : BodyValidator
{
    private long? _amount;
    private long? _tips;

    /// <summary>Reads the amount; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader) => _amount = MinorUnits.Read(ref reader, Fields.Amount, least: 1, Errors);

    /// <summary>Reads the tip; the reader is at it.</summary>
    public void TipsAmount(ref Utf8JsonReader reader) => _tips = MinorUnits.Read(ref reader, Fields.TipsAmount, least: 0, Errors);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<CaptureRequest> Validate()
    {
        if (_amount is null && !Errors.Any)
        {
            Errors.Add(Fields.Amount, "The Amount field is required.");
        }

        return Errors.Any ? Errors.ToRefusal() : new CaptureRequest(_amount!.Value, _tips ?? 0);
    }
}
