namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// A stored record is not as the service left it: it was changed, or put back from an older copy. Nothing was done with it. The message is
/// for the operator, and names the record by its internal id alone.
/// </summary>
public sealed class DamagedRecordException(string message) : Exception(message)
{
    /// <summary>The same for those who use the service.</summary>
    public const string Shown = "What is stored of it is not what the service stored, so nothing can be done with it. Please tell the operator.";
}
