using System.Runtime.InteropServices;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>A reserve for each caller, of which it may take some at once and which comes back slowly.</summary>
/// <typeparam name="T">By what callers are told apart.</typeparam>
/// <param name="size">How much there is for each.</param>
/// <param name="perSecond">How much of it comes back in a second.</param>
/// <param name="clock">The clock by which it does.</param>
internal sealed class CrowdReserve<T>(int size, int perSecond, TimeProvider clock)
    where T : notnull
{
    // Who has not asked for as long as it takes to have all of it back is forgotten. Looked for when so many are known.
    private const int LookWhenKnown = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<T, (double Left, long At)> _reserves = [];
    private int _lookAt = LookWhenKnown;

    /// <summary>Takes one; false when the caller has none left.</summary>
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
