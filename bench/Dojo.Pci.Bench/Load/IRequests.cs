namespace Dojo.Pci.Bench.Load;

/// <summary>Writes requests as they go over the wire. Threads may ask at the same time.</summary>
internal interface IRequests
{
    /// <summary>Writes the next request.</summary>
    /// <param name="buffer">Where to; 8 KiB.</param>
    /// <param name="tag">What to call it, for the reader of its answer.</param>
    /// <returns>How long it is.</returns>
    int Next(Span<byte> buffer, out long tag);
}
