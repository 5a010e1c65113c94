using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>A caller's claim to do the work of an idempotency key.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="KeyHash">Keyed hash of the idempotency key.</param>
/// <param name="BodyHash">Keyed hash of the request: it covers a card number, so a bare hash would give that away.</param>
/// <param name="RecordId">The internal id that the work will use, should this claim be the first.</param>
/// <param name="At">Now.</param>
/// <param name="Until">From when on the claim counts as abandoned, if the work has not finished by then.</param>
internal sealed record IdempotencyClaim(Tenant Tenant, byte[] KeyHash, byte[] BodyHash, long RecordId, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>The hash of the same request as an earlier version stored it; null where it is <see cref="BodyHash"/>.</summary>
    public byte[]? FormerBodyHash { get; init; }

    /// <summary>Whether a claim that was stored with a hash is of the same request.</summary>
    public bool IsOfSameRequest(byte[] storedHash) =>
        CryptographicOperations.FixedTimeEquals(storedHash, BodyHash)
        || (FormerBodyHash is { } former && CryptographicOperations.FixedTimeEquals(storedHash, former));
}

/// <summary>What became of a claim.</summary>
internal abstract record ClaimOutcome
{
    /// <summary>
    /// The work is the caller's to do, under this internal id. It is the id of the first claim, also when that was abandoned,
    /// so that an issuer who saw the first attempt recognises the second.
    /// </summary>
    public sealed record Granted(long RecordId) : ClaimOutcome;

    /// <summary>Someone else is at it.</summary>
    public sealed record Running : ClaimOutcome;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : ClaimOutcome;

    /// <summary>The work is done; this is what was answered.</summary>
    public sealed record Answered(IdempotencyAnswer Answer) : ClaimOutcome;
}

/// <summary>What is kept of the answer to a request with an idempotency key: enough to give it again, no matter what has become of the thing since.</summary>
/// <param name="RecordId">The internal id of what was made; of a batch the first.</param>
/// <param name="Status">The status that it was answered with.</param>
/// <param name="At">When it had that status.</param>
/// <param name="ItemsJson">Of a batch, what was answered of each item; else null.</param>
internal sealed record IdempotencyAnswer(long RecordId, string Status, DateTimeOffset At, string? ItemsJson = null);

/// <summary>
/// Claims to idempotency keys. A claim is completed by the store of what is made, in the transaction that stores it.
/// </summary>
internal interface IIdempotencyStore
{
    /// <summary>Decides, atomically, who does the work of a key.</summary>
    Task<ClaimOutcome> ClaimAsync(IdempotencyClaim claim);

    /// <summary>
    /// Gives the claim for a record id up, unless it has been completed: the work came to nothing. A claim that someone else has
    /// made since of the same key stays.
    /// </summary>
    Task ReleaseAsync(Tenant tenant, byte[] keyHash, long recordId);

    /// <summary>Drops keys, no matter what became of them, that were first used before an instant.</summary>
    Task<int> DropOlderThanAsync(DateTimeOffset instant);
}
