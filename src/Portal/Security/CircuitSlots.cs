using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Fairness;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Security;

/// <summary>Who has a circuit: a member, or an address from which nobody has signed in.</summary>
/// <param name="Member">The member's number; 0 for a stranger.</param>
/// <param name="Network">The stranger's address, as <see cref="AddressLimiter.NetworkOf"/> has it; null for a member.</param>
internal readonly record struct CircuitOwner(long Member, IPAddress? Network)
{
    public static CircuitOwner Of(HttpContext context) => MemberPrincipal.IdOf(context.User) is { } member
        ? new(member.Value, null)
        : new(0, AddressLimiter.NetworkOf(context.Connection.RemoteIpAddress));
}

/// <summary>
/// Bounds the circuits of pages, each of which takes memory for as long as it lasts. A place is held by each open socket, which carries one circuit at most, and by each circuit that
/// the framework keeps for a while after its socket was lost. Strangers and members have places of their own, so that no crowd of strangers keeps a member out.
/// </summary>
internal sealed class CircuitSlots : IDisposable
{
    private readonly Meter _meter = new("Dojo.Pci.Portal.Circuits");
    private readonly FairShares<CircuitOwner> _strangers;
    private readonly FairShares<CircuitOwner> _members;
    private readonly AsyncLocal<CircuitOwner?> _carried = new();
    private readonly TokenBuckets<CircuitOwner> _negotiations;

    public CircuitSlots(IOptions<LimitOptions> options)
    {
        (_strangers, _members) = (SharesOf(options.Value), SharesOf(options.Value));

        // A negotiation is kept for 15 seconds without a socket. In that time one caller has no more of them than circuits.
        _negotiations = new(new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.CircuitsPerCaller,
            TokensPerPeriod = Math.Max(1, options.Value.CircuitsPerCaller / 15),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = false, // the holder of all buckets refills them
        });
        _meter.CreateObservableGauge(
            "portal.circuits",
            () => new[] { new Measurement<int>(_members.Held, Owner("member")), new Measurement<int>(_strangers.Held, Owner("stranger")) },
            "{circuit}",
            "Open pages with a circuit, by whether a member has them.");
    }

    /// <summary>Most circuits that can be there at once, those that are kept without a socket among them.</summary>
    public static int MostOf(LimitOptions options) => (int)Math.Min(int.MaxValue, 4L * options.Circuits);

    /// <summary>Whether a socket would get a place; counts the question.</summary>
    public bool TryNegotiate(CircuitOwner owner)
    {
        if (!_negotiations.TryTake(owner, out _) || !TryEnter(owner))
        {
            return false;
        }

        Leave(owner);
        return true;
    }

    /// <summary>Takes a place; false when there is none.</summary>
    public bool TryEnter(CircuitOwner owner) => SharesFor(owner).TryEnter(owner);

    /// <summary>Gives a place back.</summary>
    public void Leave(CircuitOwner owner) => SharesFor(owner).Leave(owner);

    /// <summary>Notes whose socket the rest of this request is, for the circuit that it will carry.</summary>
    public void NoteCarrier(CircuitOwner owner) => _carried.Value = owner;

    /// <summary>Keeps count of a circuit that has lost its socket.</summary>
    public CircuitHandler Follow() => new Follower(this, _carried.Value ?? new CircuitOwner(0, IPAddress.None));

    public void Dispose()
    {
        _meter.Dispose();
        _negotiations.Dispose();
    }

    private static KeyValuePair<string, object?> Owner(string kind) => new("owner", kind);

    private static FairShares<CircuitOwner> SharesOf(LimitOptions options) =>
        new(options.Circuits, each: options.CircuitsPerCaller, most: (int)Math.Min(int.MaxValue, 2L * options.Circuits));

    private FairShares<CircuitOwner> SharesFor(CircuitOwner owner) => owner.Network is null ? _members : _strangers;

    /// <summary>Holds a place for its circuit while that has no socket.</summary>
    private sealed class Follower(CircuitSlots places, CircuitOwner owner) : CircuitHandler
    {
        private bool _holds;

        public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            // The socket's own place is given back a moment later, so this one is taken without asking.
            places.SharesFor(owner).Enter(owner);
            _holds = true;
            return Task.CompletedTask;
        }

        public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => ReleaseAsync();

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => ReleaseAsync();

        private Task ReleaseAsync()
        {
            if (_holds)
            {
                _holds = false;
                places.Leave(owner);
            }

            return Task.CompletedTask;
        }
    }
}
