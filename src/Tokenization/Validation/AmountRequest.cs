using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request that changes the amount of a payment intent.</summary>
/// <param name="Amount">The new amount, without tip and service charge.</param>
/// <param name="LinesJson">The lines of the bill that replace the current ones, as a JSON object; null when none were sent.</param>
public sealed record AmountRequest(Money Amount, string? LinesJson);

/// <summary>The only validator of requests that change an amount. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class AmountValidator : BodyValidator, IDisposable
{
    private readonly StoredProperties _lines = new();
    private Money? _amount;

    /// <summary>Reads the amount; the reader is at it.</summary>
    public void Amount(ref Utf8JsonReader reader)
    {
        _amount = MoneyRules.Read(ref reader, Fields.Amount, Errors);
        if (_amount is { Value: 0 })
        {
            Errors.Add(Fields.Amount, "The Amount field must be greater than 0.");
        }
    }

    /// <summary>Reads the lines of the bill; the reader is at them.</summary>
    public void ItemLines(ref Utf8JsonReader reader) => _lines.Read(ref reader, "itemLines", PartyShapes.ItemLines, Errors);

    /// <summary>Reads the taxes on the bill; the reader is at them.</summary>
    public void TaxLines(ref Utf8JsonReader reader) => _lines.Read(ref reader, "taxLines", PartyShapes.TaxLines, Errors);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<AmountRequest> Validate()
    {
        if (_amount is null && !Errors.Any)
        {
            Errors.Add(Fields.Amount, "The Amount field is required.");
        }

        return Errors.Any ? Errors.ToRefusal() : new AmountRequest(_amount!, _lines.Json);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}

/// <summary>A validated request that changes the tip of a payment intent.</summary>
/// <param name="TipsAmount">The new tip, which may be 0.</param>
public sealed record TipsAmountRequest(Money TipsAmount);

/// <summary>The only validator of requests that change a tip. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class TipsAmountValidator : BodyValidator
{
    private Money? _tips;

    /// <summary>Reads the tip; the reader is at it.</summary>
    public void TipsAmount(ref Utf8JsonReader reader) => _tips = MoneyRules.Read(ref reader, Fields.TipsAmount, Errors);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<TipsAmountRequest> Validate()
    {
        if (_tips is null && !Errors.Any)
        {
            Errors.Add(Fields.TipsAmount, "The TipsAmount field is required.");
        }

        return Errors.Any ? Errors.ToRefusal() : new TipsAmountRequest(_tips!);
    }
}
