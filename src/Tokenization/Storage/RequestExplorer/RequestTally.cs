using Dojo.Pci.Tokenization.RequestExplorer;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

/// <summary>Counts of requests by intervals of time, in microseconds since 1970.</summary>
internal sealed class RequestTally(long from, long until, long width)
{
    private readonly (long Succeeded, long Refused, long Failed)[] _bars = new (long, long, long)[(until - from + width - 1) / width];

    public long From => from;

    public long Until => until;

    public int Count => _bars.Length;

    /// <summary>The start of an interval; the last interval ends at <see cref="Until"/>.</summary>
    public long StartOf(int bar) => Math.Min(from + bar * width, until);

    /// <summary>The interval that contains an instant.</summary>
    public int BarOf(long at) => (int)((at - from) / width);

    public void Add(int bar, int status, long requests)
    {
        ref var counts = ref _bars[bar];
        switch (status / 100)
        {
            case 4:
                counts.Refused += requests;
                break;
            case 5:
                counts.Failed += requests;
                break;
            default:
                counts.Succeeded += requests;
                break;
        }
    }

    public RequestHistogram ToHistogram(bool isCapped) => new(
        [.. _bars.Select((counts, bar) => new RequestBar(UnixTime.ToInstant(StartOf(bar)), UnixTime.ToInstant(StartOf(bar + 1)), counts.Succeeded, counts.Refused, counts.Failed))],
        isCapped);
}
