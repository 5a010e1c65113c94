using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A request for a refund in which every rule of form holds.</summary>
/// <param name="Amount">How much, in minor units.</param>
/// <param name="Reason">Why; at most 1024 characters.</param>
/// <param name="Notes">More about it; at most 4096 characters.</param>
public sealed record RefundRequest(long Amount, string? Reason, string? Notes);

/// <summary>The one validator of requests for refunds. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class RefundValidator : BodyValidator
{
    private const int MaximumReasonLength = 1024;
    private const int MaximumTransactionIdLength = 100;

    private long? _amount;
    private string? _reason;
    private string? _notes;

    /// <summary>How much; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader) => _amount = MinorUnits.Read(ref reader, Fields.Amount, least: 1, Errors);

    /// <summary>The transaction that Dojo's clients may name. It is of no effect: the payment intent says what is refunded.</summary>
    public void PreviousTransactionId(ReadOnlySpan<byte> utf8) => Text("PreviousTransactionId", utf8, MaximumTransactionIdLength);

    /// <summary>Why.</summary>
    public void Reason(ReadOnlySpan<byte> utf8) => _reason = Text("RefundReason", utf8, MaximumReasonLength);

    /// <summary>More about it.</summary>
    public void Notes(ReadOnlySpan<byte> utf8) => _notes = Text("Notes", utf8, SetupIntentValidator.MaximumDescriptionLength);

    /// <summary>The verdict.</summary>
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
