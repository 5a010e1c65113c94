using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>The progress of a reset, which empties a sandbox.</summary>
/// <param name="Tokens">The number of tokens when it began.</param>
/// <param name="Erased">The number of tokens that were erased since.</param>
public sealed record ResetProgress(long Tokens, long Erased);

/// <summary>Counts the tokens and payments that change as time passes.</summary>
/// <param name="Expiring">Tokens that reach their <c>expireAt</c>.</param>
/// <param name="CardsExpiring">Tokens whose card expires.</param>
/// <param name="Destroyed">Finished tokens whose card data is destroyed at the end of its retention.</param>
/// <param name="Released">Payments whose authorized amount is released.</param>
/// <param name="Captured">Payments whose authorized amount is captured.</param>
public sealed record DueCounts(int Expiring, int CardsExpiring, int Destroyed, int Released, int Captured)
{
    /// <summary>Whether any count is more than 0.</summary>
    public bool Any => Expiring + CardsExpiring + Destroyed + Released + Captured > 0;

    /// <summary>Subtracts what is left, and returns what is done.</summary>
    public DueCounts Without(DueCounts left) => new(
        Less(Expiring, left.Expiring), Less(CardsExpiring, left.CardsExpiring), Less(Destroyed, left.Destroyed), Less(Released, left.Released), Less(Captured, left.Captured));

    private static int Less(int count, int left) => Math.Max(0, count - left);
}

/// <summary>The current state of a sandbox.</summary>
/// <param name="Time">The time on its clock.</param>
/// <param name="Reset">The progress of its reset; null if it is not being emptied.</param>
public sealed record SandboxState(SandboxTime Time, ResetProgress? Reset);

/// <summary>The result of moving a sandbox's clock.</summary>
/// <param name="Time">The new time on the clock.</param>
/// <param name="Done">What the move has already brought about.</param>
/// <param name="Left">What is due and will be done in the background.</param>
public sealed record ClockMove(SandboxTime Time, DueCounts Done, DueCounts Left);

/// <summary>The operations of members on a whole sandbox. Production has none of them.</summary>
public interface ISandboxControls
{
    /// <summary>Reads the current state of a sandbox.</summary>
    Task<Result<SandboxState>> ReadAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Counts what falls due when the clock is moved to an instant. Consequences of those changes are not counted.</summary>
    Task<Result<DueCounts>> PreviewAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant, CancellationToken ct);

    /// <summary>Moves the clock forward to an instant, as <see cref="ISandboxClock.SetAsync"/> does.</summary>
    Task<Result<ClockMove>> MoveClockAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant);

    /// <summary>
    /// Empties a sandbox in the background: its tokens, payments, customers and deliveries are erased, and its clock shows the real time again. Keys,
    /// webhook subscriptions, settings and the request log stay.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">The sandbox.</param>
    /// <param name="typedName">The name of the location, as the member typed it.</param>
    Task<Refusal?> ResetAsync(SignedInMember who, Tenant tenant, string? typedName);
}
