using System.Diagnostics.Metrics;
using System.Net;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>Who asks for something to be written: an API key, or an address where no key is needed.</summary>
/// <param name="Key">The key; the default where there is none.</param>
/// <param name="Network">The address, as <see cref="Security.AddressLimiter.NetworkOf"/> has it; null where there is a key.</param>
internal readonly record struct WriteCaller(ApiKeyId Key, IPAddress? Network = null);

/// <summary>
/// Whether there is room for one more request that writes. It is asked once the body is in, so that a slow sender takes no room. Reads need
/// no room here, and neither does the service's own work.
/// </summary>
/// <remarks>
/// What is let in is answered in the time that all who are inside take together, so their number bounds how long an answer takes.
/// <see cref="Places"/> is a quarter more than already use a machine of two cores fully; refusals take time too. Callers share the places
/// as <see cref="FairShares{T}"/> says: one that asks for too much is refused, and the others are served.
/// <para>
/// A crowd that comes at once and is soon gone is no overload, and is let in beyond that: each caller has <see cref="Burst"/> more, which come back slowly.
/// A crowd that stays uses them up within a fraction of a second.
/// </para>
/// <para>
/// A refused caller usually comes back at once, and thousands of refusals a second would take the processor from those who are let
/// in. So refusals leave at a bounded rate: the first ones at once, those of a large crowd up to <see cref="LongestPause"/> later.
/// </para>
/// </remarks>
internal sealed class WriteAdmission : IDisposable
{
    /// <summary>How many may be inside at any time.</summary>
    public const int Places = 80;

    /// <summary>How many more of one caller may enter when a crowd comes.</summary>
    public const int Burst = 256;

    /// <summary>How many of those come back in a second.</summary>
    public const int BurstPerSecond = 32;

    /// <summary>How many may be inside when crowds of several callers come together.</summary>
    public const int MostOfCrowds = 1024;

    /// <summary>How many bodies that are not in yet may be waited for.</summary>
    public const int SlowBodies = 512;

    /// <summary>How many refusals leave in a second before they are held back.</summary>
    public const int RefusalsPerSecond = 1000;

    /// <summary>Longest that a refusal is held back.</summary>
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

    /// <summary>Of this instance, so that who listens can tell it from others.</summary>
    public Meter Meter { get; } = new("Dojo.Pci.Portal.Writes");

    /// <summary>Lets a request in, which then has to <see cref="Leave"/>.</summary>
    /// <returns>Null, or why it has to stay out.</returns>
    public UnavailableException? TryEnter(WriteCaller caller)
    {
        if (_vault.Outage is { } outage)
        {
            Count("outage");
            return outage;
        }

        // A request that waits for an acquirer, for seconds perhaps, keeps nobody here from working.
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
        return new UnavailableException("More is asked for than can be stored in time.");
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave(WriteCaller caller) => _inside.Leave(caller);

    /// <summary>Lets a request wait for its body, which then has to call <see cref="EndWaitForBody"/>. Each such request holds memory for the largest body.</summary>
    /// <exception cref="UnavailableException">Too many bodies are waited for.</exception>
    public void BeginWaitForBody(WriteCaller caller)
    {
        if (!_slowBodies.TryEnter(caller))
        {
            Count("bodies");
            throw new UnavailableException("More bodies are being sent slowly than can be waited for.");
        }
    }

    /// <summary>The body is in, or never will be.</summary>
    public void EndWaitForBody(WriteCaller caller) => _slowBodies.Leave(caller);

    /// <summary>How long to hold the next refusal back.</summary>
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
