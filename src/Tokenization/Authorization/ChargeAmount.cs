namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The amount of a charge.</summary>
/// <param name="MinorUnits">The amount in minor units, such as pence.</param>
/// <param name="CurrencyCode">The currency: three capital letters, as in ISO 4217.</param>
internal readonly record struct ChargeAmount(long MinorUnits, string CurrencyCode);
