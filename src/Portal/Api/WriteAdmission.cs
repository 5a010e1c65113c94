using System.Diagnostics.Metrics;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Whether there is room for one more request that writes. It is asked before a body is read, so that what cannot be stored soon costs
/// little. Reads need no room here, and neither does the service's own work.
/// </summary>
/// <remarks>
/// What is let in is answered in the time that all who are inside take together, so their number bounds how long an answer takes.
/// <see cref="Places"/> is a quarter more than already use a machine of two cores fully; refusals take time too. A crowd
/// that comes at once and is soon gone is no overload, and is let in beyond that: <see cref="Burst"/> more, which come back slowly.
/// A crowd that stays uses them up within a fraction of a second.
/// <para>
/// Whoever is refused usually comes back at once, and thousands of refusals a second would take the processor from those who are let
/// in. So refusals leave at a bounded rate: the first ones at once, those of a large crowd up to <see cref="LongestPause"/> later.
/// </para>
/// </remarks>
internal sealed class WriteAdmission : IDisposable
{
    /// <summary>How many may be inside at any time.</summary>
    public const int Places = 80;

    /// <summary>How many more may enter when a crowd comes.</summary>
    public const int Burst = 256;

    /// <summary>How many of those come back in a second.</summary>
    public const int BurstPerSecond = 32;

    /// <summary>How many refusals leave in a second before they are held back.</summary>
    public const int RefusalsPerSecond = 1000;

    /// <summary>Longest that a refusal is held back.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly IVault _vault;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _refused;
    private readonly Lock _gate = new();
    private int _inside;
    private double _burst = Burst;
    private long _burstAt;
    private long _nextRefusalAt;

    public WriteAdmission(IVault vault, TimeProvider clock)
    {
        (_vault, _clock, _burstAt) = (vault, clock, clock.GetTimestamp());
        _refused = Meter.CreateCounter<long>("writes.refused", "{request}", "Requests that were refused because nothing can be written, or too much was asked for, by reason.");
    }

    /// <summary>Of this instance, so that who listens can tell it from others.</summary>
    public Meter Meter { get; } = new("Dojo.Pci.Portal.Writes");

    /// <summary>Lets a request in, which then has to <see cref="Leave"/>.</summary>
    /// <returns>Null, or why it has to stay out.</returns>
    public UnavailableException? TryEnter()
    {
        if (_vault.Outage is { } outage)
        {
            Count("outage");
            return outage;
        }

        // Who waits for an acquirer, for seconds perhaps, keeps nobody here from working.
        if (Interlocked.Increment(ref _inside) - _vault.WaitingForAcquirer <= Places || TryTakeBurst())
        {
            return null;
        }

        Leave();
        Count("crowd");
        return new UnavailableException("More is asked for than can be stored in time.");
    }

    /// <summary>How long to hold the next refusal back.</summary>
    public TimeSpan TakePause()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            var pause = _clock.GetElapsedTime(now, Math.Max(now, _nextRefusalAt));
            if (pause >= LongestPause)
            {
                return LongestPause;
            }

            _nextRefusalAt = Math.Max(now, _nextRefusalAt) + (_clock.TimestampFrequency / RefusalsPerSecond);
            return pause;
        }
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);

    public void Dispose() => Meter.Dispose();

    private bool TryTakeBurst()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            _burst = Math.Min(Burst, _burst + (_clock.GetElapsedTime(_burstAt, now).TotalSeconds * BurstPerSecond));
            _burstAt = now;
            if (_burst < 1)
            {
                return false;
            }

            _burst--;
            return true;
        }
    }

    private void Count(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
