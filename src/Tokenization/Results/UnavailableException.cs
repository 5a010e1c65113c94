namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// Thrown when the store cannot accept work now: its queue is full, or the database is locked, full or unreadable. Nothing of
/// the request was stored, and the same request may be sent again.
/// </summary>
public sealed class UnavailableException : Exception
{
    /// <summary>Creates an exception with a reason that may be shown to a caller.</summary>
    public UnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>How long a caller should wait before trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Copies the exception for another caller, because several threads must not throw the same instance.</summary>
    internal UnavailableException Again() => new(Message, InnerException) { RetryAfter = RetryAfter };
}
