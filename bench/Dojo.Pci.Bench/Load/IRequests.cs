namespace Dojo.Pci.Bench.Load;

/// <summary>Writes requests in wire format. Thread-safe.</summary>
internal interface IRequests
{
    /// <summary>Writes the next request.</summary>
    /// <param name="buffer">The buffer to write to; 8 KiB.</param>
    /// <param name="tag">Identifies the request to the code that handles its answer.</param>
    /// <returns>The length of the request in bytes.</returns>
    int Next(Span<byte> buffer, out long tag);
}
