using System.Diagnostics.Metrics;
using System.Net;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>The caller of an operation that writes: an API key, or an address if the operation needs no key.</summary>
/// <param name="Key">The key; the default value if there is none.</param>
/// <param name="Network">The address, as <see cref="Security.AddressLimiter.NetworkOf"/> returns it; null if there is a key.</param>
internal readonly record struct WriteCaller(ApiKeyId Key, IPAddress? Network = null);

/// <summary>
/// Limits how many requests that write run at the same time. A request is admitted once its body has arrived, so that a slow sender takes
/// no place. Reads and the service's own work need no place.
/// </summary>
/// <remarks>
/// All admitted requests share the processor, so their number bounds how long each takes. <see cref="Places"/> is a quarter more than
/// the number that fully uses a machine of two cores; refusals take time too. Callers share the places by <see cref="FairShares{T}"/>:
/// a caller that asks for too much is refused, and the others are served.
/// <para>
/// A short burst is not an overload and is admitted beyond that: each caller may take <see cref="Burst"/> more places, a reserve that refills
/// slowly. A sustained load uses it up within a fraction of a second.
/// </para>
/// <para>
/// A refused caller usually retries at once, and thousands of refusals per second would take the processor from the admitted requests.
/// So refusals are sent at a bounded rate: the first ones at once, those of a large crowd up to <see cref="LongestPause"/> later.
/// </para>
/// </remarks>
internal sealed class WriteAdmission : IDisposable
{
    /// <summary>The number of places that callers share.</summary>
    public const int Places = 80;

    /// <summary>How many more requests of one caller are admitted in a burst.</summary>
    public const int Burst = 256;

    /// <summary>How much of <see cref="Burst"/> a caller regains per second.</summary>
    public const int BurstPerSecond = 32;

    /// <summary>The number of admitted requests at which no more bursts are admitted.</summary>
    public const int MostOfCrowds = 1024;

    /// <summary>The number of places for requests that wait for their bodies.</summary>
    public const int SlowBodies = 512;

    /// <summary>How many refusals are sent per second before they are delayed.</summary>
    public const int RefusalsPerSecond = 1000;

    /// <summary>The longest delay of a refusal.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly IVault _vault;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _refused;
    private readonly FairShares<WriteCaller> _inside = new(Places);
    private readonly FairShares<WriteCaller> _slowBodies = new(SlowBodies);
    private readonly CrowdReserve<WriteCaller> _crowds;
    private readonly Lock _refusals = new();
    private long _nextRefusalAt;

    public WriteAdmission(IVault vault, TimeProvider clock)
    {
        (_vault, _clock, _crowds) = (vault, clock, new CrowdReserve<WriteCaller>(Burst, BurstPerSecond, clock));
        _refused = Meter.CreateCounter<long>("writes.refused", "{request}", "Requests that were refused because nothing can be written, or too much was asked for, by reason.");
    }

    /// <summary>The meter of this instance, so that a listener can tell it from other instances.</summary>
    public Meter Meter { get; } = new("Dojo.Pci.Portal.Writes");

    /// <summary>Admits a request if there is a place; <see cref="Leave"/> must then be called for it.</summary>
    /// <returns>Null if the request is admitted, otherwise the reason why not.</returns>
    public UnavailableException? TryEnter(WriteCaller caller)
    {
        if (_vault.Outage is { } outage)
        {
            Count("outage");
            return outage;
        }

        // A request that waits for an acquirer, perhaps for seconds, uses no processor time.
        var idle = _vault.WaitingForAcquirer;
        if (_inside.TryEnter(caller, idle))
        {
            return null;
        }

        if (_inside.Held - idle < MostOfCrowds && _crowds.TryTake(caller))
        {
            _inside.Enter(caller);
            return null;
        }

        Count("crowd");
        return new UnavailableException("There are more requests than can be stored in time.");
    }

    /// <summary>Gives the place of an admitted request back.</summary>
    public void Leave(WriteCaller caller) => _inside.Leave(caller);

    /// <summary>Lets a request wait for its body; it must call <see cref="EndWaitForBody"/>. Each one may hold memory for the largest body.</summary>
    /// <exception cref="UnavailableException">Too many requests wait for their bodies.</exception>
    public void BeginWaitForBody(WriteCaller caller)
    {
        if (!_slowBodies.TryEnter(caller))
        {
            Count("bodies");
            throw new UnavailableException("Too many request bodies are still being received.");
        }
    }

    /// <summary>Ends a wait: the body has arrived, or never will.</summary>
    public void EndWaitForBody(WriteCaller caller) => _slowBodies.Leave(caller);

    /// <summary>Returns how long to delay the next refusal.</summary>
    public TimeSpan TakePause()
    {
        lock (_refusals)
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

    public void Dispose() => Meter.Dispose();

    private void Count(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
