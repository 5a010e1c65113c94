using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization.Fairness;

/// <summary>
/// Shares a bounded number of places between callers. While places are free, every caller gets in, so a single caller may use all of them. When all places
/// are taken, a caller still gets in while it holds less than an equal part of them. A caller that floods therefore keeps no other out, and is limited to its
/// own part as soon as it releases places.
/// </summary>
/// <remarks>
/// When a caller gets in although all places are taken, the held places exceed the bound. The worst case is that callers come one after another, each takes
/// its part and none releases anything: then <c>places × (1 + 1/2 + … + 1/callers)</c> are held, which is 5.2 times the places for 100 callers. If places are
/// released within milliseconds, this passes at once. If they are held for long, set <paramref name="most"/>.
/// <para>Each call costs a lock and a lookup. Nothing is allocated for callers that come and go.</para>
/// </remarks>
/// <typeparam name="T">The type that identifies a caller: an API key, an address, an account.</typeparam>
/// <param name="places">The number of shared places.</param>
/// <param name="each">The most places that one caller may hold, even if others are free.</param>
/// <param name="most">The most places that all callers together may hold, regardless of their parts.</param>
public sealed class FairShares<T>(int places, int each = int.MaxValue, int most = int.MaxValue)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, int> _held = [];
    private int _all;

    /// <summary>The number of places that all callers together hold.</summary>
    public int Held => Volatile.Read(ref _all);

    /// <summary>Takes a place, which the caller releases with <see cref="Leave"/>. Returns false if the caller does not get in.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="idle">The number of held places that use no resources at the moment, and so leave room for others.</param>
    /// <param name="count">The number of places to take, all or none; at least 1.</param>
    public bool TryEnter(T caller, int idle = 0, int count = 1)
    {
        lock (_gate)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, caller, out _);
            if (held <= each - count && _all <= most - count && (_all - idle <= places - count || held <= (places / _held.Count) - count))
            {
                held += count;
                _all += count;
                return true;
            }

            if (held == 0)
            {
                _held.Remove(caller);
            }

            return false;
        }
    }

    /// <summary>Takes a place even if none is free.</summary>
    public void Enter(T caller)
    {
        lock (_gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_held, caller, out _)++;
            _all++;
        }
    }

    /// <summary>Releases one place, or as many as were taken.</summary>
    public void Leave(T caller, int count = 1)
    {
        lock (_gate)
        {
            if ((CollectionsMarshal.GetValueRefOrAddDefault(_held, caller, out _) -= count) == 0)
            {
                _held.Remove(caller);
            }

            _all -= count;
        }
    }
}
