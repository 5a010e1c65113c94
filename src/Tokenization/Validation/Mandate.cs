namespace Dojo.Pci.Tokenization.Validation;

/// <summary>An amount of money.</summary>
/// <param name="Value">The amount in minor units: pence, cents.</param>
/// <param name="CurrencyCode">The ISO 4217 code, in upper case.</param>
public sealed record Money(long Value, string CurrencyCode);

/// <summary>What a setup intent says about later charges.</summary>
/// <param name="TransactionType">What the merchant may initiate: <c>NoShow</c> or <c>Unscheduled</c>.</param>
/// <param name="Terms">The terms shown to the customer, 1 to 10240 characters.</param>
/// <param name="IntendedAmount">The amount intended to be collected.</param>
/// <param name="DetailsJson">
/// The properties that are stored and returned as they were sent (customer, addresses, configuration, payment methods), as a
/// JSON object; null when there are none.
/// </param>
public sealed record Mandate(string? TransactionType, string? Terms, Money? IntendedAmount, string? DetailsJson)
{
    /// <summary>An empty mandate.</summary>
    public static Mandate None { get; } = new(null, null, null, null);
}
