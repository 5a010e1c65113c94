namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>A rule that was broken.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsOfLocation">Whether all keys of the location together broke it, rather than one key.</param>
/// <param name="RetryAfter">The time after which one more number is accepted if no other is counted meanwhile.</param>
internal readonly record struct VelocityExcess(VelocityRule Rule, bool IsOfLocation, TimeSpan RetryAfter);

/// <summary>Counts the card numbers of one location and environment: of all its keys together, and of each key.</summary>
internal sealed class VelocityPlace(VelocityLimits limits, TimeSpan window, DateTimeOffset now)
{
    private const int MostKeys = 32; // beyond this, the key that was used longest ago is removed

    private readonly Lock _gate = new();
    private readonly CardSketch _all = new(limits.OfLocation, window, now);
    private readonly Dictionary<string, CardSketch> _byKey = new(StringComparer.Ordinal);

    /// <summary>When a number of the location was last checked.</summary>
    public DateTimeOffset LastAsked
    {
        get
        {
            lock (_gate)
            {
                return _all.LastAsked;
            }
        }
    }

    /// <summary>Returns the rule that a number would break; null if it breaks none, in which case it is counted if it is new.</summary>
    public VelocityExcess? Validate(string actor, int bin, ReadOnlySpan<byte> fingerprint, DateTimeOffset at, out bool isNew)
    {
        lock (_gate)
        {
            var key = SketchOf(actor, at);
            var (isNewToKey, isNewToAll) = (!key.Has(fingerprint, at), !_all.Has(fingerprint, at));
            isNew = isNewToKey || isNewToAll;
            if (isNewToKey && key.Validate(bin, at) is var (rule, wait))
            {
                return new(rule, IsOfLocation: false, wait);
            }

            if (isNewToAll && _all.Validate(bin, at) is var (ruleOfAll, waitOfAll))
            {
                return new(ruleOfAll, IsOfLocation: true, waitOfAll);
            }

            if (isNewToKey)
            {
                key.Add(fingerprint, bin);
            }

            if (isNewToAll)
            {
                _all.Add(fingerprint, bin);
            }

            return null;
        }
    }

    /// <summary>Counts a new number that was declined.</summary>
    public void NoteDeclined(string actor)
    {
        lock (_gate)
        {
            _all.AddDeclined();
            if (_byKey.TryGetValue(actor, out var key))
            {
                key.AddDeclined();
            }
        }
    }

    private CardSketch SketchOf(string actor, DateTimeOffset at)
    {
        if (!_byKey.TryGetValue(actor, out var key))
        {
            if (_byKey.Count >= MostKeys)
            {
                _byKey.Remove(_byKey.MinBy(known => known.Value.LastAsked).Key);
            }

            _byKey.Add(actor, key = new CardSketch(limits.OfKey, window, at));
        }

        return key;
    }
}
