using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Fairness;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Security;

/// <summary>The owner of a circuit: a member, or the address of a stranger, who has not signed in.</summary>
/// <param name="Member">The member's number; 0 for a stranger.</param>
/// <param name="Network">The stranger's address, as <see cref="AddressLimiter.NetworkOf"/> returns it; null for a member.</param>
internal readonly record struct CircuitOwner(long Member, IPAddress? Network)
{
    public static CircuitOwner Of(HttpContext context) => MemberPrincipal.IdOf(context.User) is { } member
        ? new(member.Value, null)
        : new(0, AddressLimiter.NetworkOf(context.Connection.RemoteIpAddress));
}

/// <summary>
/// Limits the number of circuits, each of which takes memory for as long as it lasts. Each open socket, which carries at most one circuit, holds a
/// place, and so does each circuit that the framework keeps for a while after its socket was lost. Strangers and members have separate places, so
/// that a crowd of strangers cannot keep members out.
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

        // The framework keeps a negotiation for 15 seconds without a socket. In that time one caller can make only as many as circuits.
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

    /// <summary>The most circuits that can exist at the same time, including those that are kept without a socket.</summary>
    public static int MostOf(LimitOptions options) => (int)Math.Min(int.MaxValue, 4L * options.Circuits);

    /// <summary>Whether a socket would get a place; counts the negotiation.</summary>
    public bool TryNegotiate(CircuitOwner owner)
    {
        if (!_negotiations.TryTake(owner, out _) || !TryEnter(owner))
        {
            return false;
        }

        Leave(owner);
        return true;
    }

    /// <summary>Takes a place; false if there is none.</summary>
    public bool TryEnter(CircuitOwner owner) => SharesFor(owner).TryEnter(owner);

    /// <summary>Gives a place back.</summary>
    public void Leave(CircuitOwner owner) => SharesFor(owner).Leave(owner);

    /// <summary>Notes the owner of this request's socket, for the circuit that it will carry.</summary>
    public void NoteCarrier(CircuitOwner owner) => _carried.Value = owner;

    /// <summary>Creates the handler that counts a circuit after it has lost its socket.</summary>
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

    /// <summary>Holds a place for its circuit while the circuit has no socket.</summary>
    private sealed class Follower(CircuitSlots places, CircuitOwner owner) : CircuitHandler
    {
        private bool _holds;

        public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            // The socket's own place is given back a moment later, so this place is taken unconditionally.
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
