namespace Dojo.Pci.Tokenization.Copying;

/// <summary>A vault is not copied as things are. The message says why and what to do, for the operator.</summary>
public sealed class CopyRefusedException(string message) : Exception(message);
