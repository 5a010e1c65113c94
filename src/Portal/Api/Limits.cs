namespace Dojo.Pci.Portal.Api;

/// <summary>How much a request may ask of us.</summary>
internal static class Limits
{
    /// <summary>Bytes of a request body.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>
    /// Bytes that the server reads for a body before it gives up by itself. It counts the framing of chunks too, so that at the
    /// same limit the longest body allowed would be refused if it came in chunks.
    /// </summary>
    public const int BodyBytesOnTheWire = 2 * BodyBytes;

    /// <summary>How long a body may take to come in. The largest needs 6.5 KB/s for that, an ordinary one needs nothing to speak of.</summary>
    public static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(10);

    /// <summary>The least rate at which any body may come in, those of forms too. What is slower ends with 408 after <see cref="SlowBodyGrace"/>.</summary>
    public const int BodyBytesPerSecond = 1024;

    /// <summary>How long a body may be slower than <see cref="BodyBytesPerSecond"/>.</summary>
    public static readonly TimeSpan SlowBodyGrace = TimeSpan.FromSeconds(3);

    /// <summary>How long the head of a request may take to come in.</summary>
    public static readonly TimeSpan HeadWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long requests under way may take to end once the service is told to stop.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(6);

    /// <summary>Header lines of a request.</summary>
    public const int HeaderCount = 64;

    /// <summary>
    /// Header lines beyond which the server ends the connection without a problem body, as it does for headers of more than 32 KB.
    /// Between the two limits a caller is told.
    /// </summary>
    public const int HeaderCountBeforeDisconnect = 1024;
}
