namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>How much a charge takes.</summary>
/// <param name="MinorUnits">In pence or the like.</param>
/// <param name="CurrencyCode">ISO 4217, three capital letters.</param>
internal readonly record struct ChargeAmount(long MinorUnits, string CurrencyCode);
