using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Bench.Crash;

/// <summary>Repeats earlier requests unchanged. The tag is the place in the list.</summary>
internal sealed class RepeatedRequests(PostRequests requests, IReadOnlyList<Acknowledged> repeated) : IRequests
{
    private long _count;

    public int Next(Span<byte> buffer, out long tag)
    {
        tag = Interlocked.Increment(ref _count) - 1;
        return requests.Write(buffer, repeated[(int)tag].Request);
    }
}
