namespace Dojo.Pci.Tokenization.Copying;

/// <summary>Thrown when a vault cannot be copied. The message tells the operator why and what to do.</summary>
public sealed class CopyRefusedException(string message) : Exception(message);
