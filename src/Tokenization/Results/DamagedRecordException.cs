namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// Thrown when a stored record is not as the service wrote it: it was changed, or replaced with an older copy. Nothing was done with it. The
/// message is for the operator, and names the record by its internal id alone.
/// </summary>
public sealed class DamagedRecordException(string message) : Exception(message)
{
    /// <summary>The message for the users of the service.</summary>
    public const string Shown = "Its stored state is not what the service stored, so nothing can be done with it. Please tell the operator.";
}
