using System.Text;

namespace Dojo.Pci.Bench.Load;

/// <summary><c>GET</c> requests for a list of paths, in pseudo-random order or in list order. The tag is the place of the path in the list.</summary>
internal sealed class GetRequests : IRequests
{
    private readonly byte[][] _texts;
    private readonly bool _inTurn;
    private long _count;

    /// <param name="paths">Paths with their query, each with the API key to use.</param>
    /// <param name="inTurn">Whether to request them in list order.</param>
    public GetRequests(IReadOnlyList<(string Path, string Key)> paths, bool inTurn = false)
    {
        _inTurn = inTurn;
        _texts = [.. paths.Select(get => Encoding.ASCII.GetBytes($"GET {get.Path} HTTP/1.1\r\n{LoadHeaders.OfProxy}version: 2025-09-10\r\nAuthorization: Basic {get.Key}\r\n\r\n"))];
    }

    public int Next(Span<byte> buffer, out long tag)
    {
        var count = Interlocked.Increment(ref _count) - 1;
        tag = (_inTurn ? count : new Dice((ulong)count).Below(long.MaxValue)) % _texts.Length;
        _texts[tag].CopyTo(buffer);
        return _texts[tag].Length;
    }
}
