using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>How far the emptying of a sandbox is.</summary>
/// <param name="Tokens">How many tokens there were when it began.</param>
/// <param name="Erased">How many of them are gone.</param>
public sealed record ResetProgress(long Tokens, long Erased);

/// <summary>What time does to tokens and payments.</summary>
/// <param name="Expiring">Tokens whose <c>expireAt</c> comes.</param>
/// <param name="CardsExpiring">Tokens whose card's last month ends.</param>
/// <param name="Destroyed">Finished tokens whose card data is kept no longer.</param>
/// <param name="Released">Payments whose promised money is let go.</param>
/// <param name="Captured">Payments whose promised money is taken.</param>
public sealed record DueCounts(int Expiring, int CardsExpiring, int Destroyed, int Released, int Captured)
{
    /// <summary>Whether there is anything.</summary>
    public bool Any => Expiring + CardsExpiring + Destroyed + Released + Captured > 0;

    /// <summary>What of this is not there any more.</summary>
    public DueCounts Without(DueCounts left) => new(
        Less(Expiring, left.Expiring), Less(CardsExpiring, left.CardsExpiring), Less(Destroyed, left.Destroyed), Less(Released, left.Released), Less(Captured, left.Captured));

    private static int Less(int count, int left) => Math.Max(0, count - left);
}

/// <summary>A sandbox as it is.</summary>
/// <param name="Time">What its clock shows.</param>
/// <param name="Reset">How far its emptying is; null where it is not being emptied.</param>
public sealed record SandboxState(SandboxTime Time, ResetProgress? Reset);

/// <summary>A clock that was moved.</summary>
/// <param name="Time">What it shows now.</param>
/// <param name="Done">What that brought about.</param>
/// <param name="Left">What is due and is done in the background.</param>
public sealed record ClockMove(SandboxTime Time, DueCounts Done, DueCounts Left);

/// <summary>What members do with a sandbox as a whole. Production has nothing of it.</summary>
public interface ISandboxControls
{
    /// <summary>The sandbox as it is.</summary>
    Task<Result<SandboxState>> ReadAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>What falls due when the clock is moved to an instant. What follows from that in turn is not in it.</summary>
    Task<Result<DueCounts>> PreviewAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant, CancellationToken ct);

    /// <summary>Moves the clock forward to an instant, as <see cref="ISandboxClock.SetAsync"/> does.</summary>
    Task<Result<ClockMove>> MoveClockAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant);

    /// <summary>
    /// Empties a sandbox in the background: its tokens, payments, customers and deliveries go, and its clock shows the real time. Keys, webhook
    /// subscriptions, settings and the log of requests stay.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">The sandbox.</param>
    /// <param name="typedName">The name of the location, as the member typed it.</param>
    Task<Refusal?> ResetAsync(SignedInMember who, Tenant tenant, string? typedName);
}
