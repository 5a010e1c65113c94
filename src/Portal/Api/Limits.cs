namespace Dojo.Pci.Portal.Api;

/// <summary>Limits on the size and duration of requests.</summary>
internal static class Limits
{
    /// <summary>The most bytes of a request body.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>
    /// The most bytes that the server itself reads for a body. The server counts the framing of chunks too, so with
    /// <see cref="BodyBytes"/> as its limit it would refuse the longest allowed body if it came in chunks.
    /// </summary>
    public const int BodyBytesOnTheWire = 2 * BodyBytes;

    /// <summary>How long a body may take to arrive. The largest body needs 6.5 KB/s for that; an ordinary one needs almost no bandwidth.</summary>
    public static readonly TimeSpan BodyWithin = TimeSpan.FromSeconds(10);

    /// <summary>The minimum rate at which any body, even of a form, may arrive. A slower one ends with 408 after <see cref="SlowBodyGrace"/>.</summary>
    public const int BodyBytesPerSecond = 1024;

    /// <summary>How long a body may be slower than <see cref="BodyBytesPerSecond"/>.</summary>
    public static readonly TimeSpan SlowBodyGrace = TimeSpan.FromSeconds(3);

    /// <summary>How long the head of a request may take to arrive.</summary>
    public static readonly TimeSpan HeadWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long running requests may take to end once the service is told to stop.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(6);

    /// <summary>The most header lines of a request.</summary>
    public const int HeaderCount = 64;

    /// <summary>
    /// The number of header lines beyond which the server ends the connection without a problem body, as it does for headers of more than
    /// 32 KB. Between <see cref="HeaderCount"/> and this limit, the caller gets a problem body.
    /// </summary>
    public const int HeaderCountBeforeDisconnect = 1024;
}
