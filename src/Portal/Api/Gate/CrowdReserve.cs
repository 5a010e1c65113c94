using System.Runtime.InteropServices;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>A token bucket for each caller: the caller may use it up at once, and it refills slowly.</summary>
/// <typeparam name="T">The type that identifies a caller.</typeparam>
/// <param name="size">The tokens that each bucket holds.</param>
/// <param name="perSecond">The tokens that each bucket regains per second.</param>
/// <param name="clock">The clock that times the refill.</param>
internal sealed class CrowdReserve<T>(int size, int perSecond, TimeProvider clock)
    where T : notnull
{
    // Callers whose buckets are full again are forgotten. The first sweep is made when this many callers are known.
    private const int LookWhenKnown = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<T, (double Left, long At)> _reserves = [];
    private int _lookAt = LookWhenKnown;

    /// <summary>Takes one token; false if the caller has none left.</summary>
    public bool TryTake(T caller)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_reserves.Count >= _lookAt)
            {
                Forget(now);
            }

            ref var reserve = ref CollectionsMarshal.GetValueRefOrAddDefault(_reserves, caller, out var isKnown);
            var left = isKnown ? LeftAt(reserve, now) : size;
            var isTaken = left >= 1;
            reserve = (isTaken ? left - 1 : left, now);
            return isTaken;
        }
    }

    private double LeftAt((double Left, long At) reserve, long now) =>
        Math.Min(size, reserve.Left + (clock.GetElapsedTime(reserve.At, now).TotalSeconds * perSecond));

    private void Forget(long now)
    {
        foreach (var (caller, reserve) in _reserves)
        {
            if (LeftAt(reserve, now) >= size)
            {
                _reserves.Remove(caller); // allowed while enumerating
            }
        }

        _lookAt = Math.Max(LookWhenKnown, 2 * _reserves.Count);
    }
}
