using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request for a refund.</summary>
/// <param name="Amount">The amount, in minor units.</param>
/// <param name="Reason">The reason, at most 1024 characters.</param>
/// <param name="Notes">Further notes, at most 4096 characters.</param>
public sealed record RefundRequest(long Amount, string? Reason, string? Notes);

/// <summary>The only validator of requests for refunds. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class RefundValidator : BodyValidator
{
    private const int MaximumReasonLength = 1024;
    private const int MaximumTransactionIdLength = 100;

    private long? _amount;
    private string? _reason;
    private string? _notes;

    /// <summary>Reads the amount; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader) => _amount = MinorUnits.Read(ref reader, Fields.Amount, least: 1, Errors);

    /// <summary>Validates the transaction that Dojo's clients may name. It has no effect: the payment intent says what is refunded.</summary>
    public void PreviousTransactionId(ReadOnlySpan<byte> utf8) => Text("PreviousTransactionId", utf8, MaximumTransactionIdLength);

    /// <summary>Validates the reason.</summary>
    public void Reason(ReadOnlySpan<byte> utf8) => _reason = Text("RefundReason", utf8, MaximumReasonLength);

    /// <summary>Validates the notes.</summary>
    public void Notes(ReadOnlySpan<byte> utf8) => _notes = Text("Notes", utf8, SetupIntentValidator.MaximumDescriptionLength);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<RefundRequest> Validate()
    {
        if (_amount is null && !Errors.Any)
        {
            Errors.Add(Fields.Amount, "The Amount field is required.");
        }

        return Errors.Any ? Errors.ToRefusal() : new RefundRequest(_amount!.Value, _reason, _notes);
    }

    private string? Text(string field, ReadOnlySpan<byte> utf8, int maximumLength)
    {
        if (FreeText.LengthOf(utf8) > maximumLength)
        {
            Errors.Add(field, $"The field {field} must be a string with a maximum length of {maximumLength}.");
        }

        return FreeText.Validate(Errors, field, utf8);
    }
}
