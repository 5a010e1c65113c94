using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization.Fairness;

/// <summary>
/// A bounded number of places that callers share. While there is room anybody gets in, so one caller alone may use all of it. Once the places
/// are taken, a caller still gets in as long as it holds less than an equal part of them. So one that floods keeps nobody out, and has to make do with its
/// own part as soon as it gives places back.
/// </summary>
/// <remarks>
/// Letting a caller in over the bound makes the places held exceed it. They are most when callers come one after another, each takes its part
/// and none gives anything back: then <c>places × (1 + 1/2 + … + 1/callers)</c>, which is 5.2 times the places for 100 callers. Where places are given back within
/// milliseconds this passes at once. Where they are held for long, set <paramref name="most"/>.
/// <para>Costs a lock and a look-up. Nothing is allocated for callers that come and go.</para>
/// </remarks>
/// <typeparam name="T">By what callers are told apart: an API key, an address, an account.</typeparam>
/// <param name="places">How many places are shared.</param>
/// <param name="each">How many one caller may hold, even when there is room.</param>
/// <param name="most">How many all callers may hold together, regardless of their parts.</param>
public sealed class FairShares<T>(int places, int each = int.MaxValue, int most = int.MaxValue)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, int> _held = [];
    private int _all;

    /// <summary>How many places are held by all callers together.</summary>
    public int Held => Volatile.Read(ref _all);

    /// <summary>Takes a place, to be given back with <see cref="Leave"/>; false when the caller has to stay out.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="idle">How many of the places that are held cost nothing at the moment, and so leave room for others.</param>
    /// <param name="count">How many places to take, all or none; at least 1.</param>
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

    /// <summary>Takes a place without asking whether there is one.</summary>
    public void Enter(T caller)
    {
        lock (_gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_held, caller, out _)++;
            _all++;
        }
    }

    /// <summary>Gives one place back, or as many as were taken.</summary>
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
