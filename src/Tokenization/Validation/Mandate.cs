namespace Dojo.Pci.Tokenization.Validation;

/// <summary>An amount of money.</summary>
/// <param name="Value">In minor units: pence, cents.</param>
/// <param name="CurrencyCode">ISO 4217, upper case.</param>
public sealed record Money(long Value, string CurrencyCode);

/// <summary>What a setup intent says about the charges to come.</summary>
/// <param name="TransactionType">What the merchant may initiate: <c>NoShow</c> or <c>Unscheduled</c>.</param>
/// <param name="Terms">The terms the customer is shown, 1 to 10240 characters.</param>
/// <param name="IntendedAmount">What is intended to be collected.</param>
/// <param name="DetailsJson">
/// The properties that are kept as they were sent and given back (customer, addresses, configuration, payment methods), as the
/// properties of a JSON object; null when there are none.
/// </param>
public sealed record Mandate(string? TransactionType, string? Terms, Money? IntendedAmount, string? DetailsJson)
{
    /// <summary>Nothing was said.</summary>
    public static Mandate None { get; } = new(null, null, null, null);
}
