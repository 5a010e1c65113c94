namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// The store cannot take the work now: its queue is full, or the database is locked, full or unreadable. Nothing of the
/// request was stored, and the same request may be sent again.
/// </summary>
public sealed class UnavailableException : Exception
{
    /// <summary>With the reason in words that may be shown to a caller.</summary>
    public UnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>How long a caller should wait before trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for another caller: one exception is not thrown by many threads.</summary>
    internal UnavailableException Again() => new(Message, InnerException) { RetryAfter = RetryAfter };
}
