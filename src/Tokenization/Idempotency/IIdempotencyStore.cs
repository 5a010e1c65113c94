using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>A caller's claim to do the work of an idempotency key.</summary>
/// <param name="Tenant">The tenant that used the key.</param>
/// <param name="KeyHash">The keyed hash of the idempotency key.</param>
/// <param name="BodyHash">The keyed hash of the request. It covers a card number, which an unkeyed hash would reveal.</param>
/// <param name="RecordId">The internal id that the work will use if this claim is the first.</param>
/// <param name="At">The current time.</param>
/// <param name="Until">When the claim counts as abandoned if the work has not finished.</param>
internal sealed record IdempotencyClaim(Tenant Tenant, byte[] KeyHash, byte[] BodyHash, long RecordId, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>The hash of the same request as an earlier version stored it; null if it is the same as <see cref="BodyHash"/>.</summary>
    public byte[]? FormerBodyHash { get; init; }

    /// <summary>Checks whether a stored hash is of the same request.</summary>
    public bool IsOfSameRequest(byte[] storedHash) =>
        CryptographicOperations.FixedTimeEquals(storedHash, BodyHash)
        || (FormerBodyHash is { } former && CryptographicOperations.FixedTimeEquals(storedHash, former));
}

/// <summary>The outcome of a claim.</summary>
internal abstract record ClaimOutcome
{
    /// <summary>
    /// The caller does the work, under this internal id. It is the id of the first claim, even if that was abandoned,
    /// so that an issuer that saw the first attempt recognises the second.
    /// </summary>
    public sealed record Granted(long RecordId) : ClaimOutcome;

    /// <summary>Another caller is doing the work.</summary>
    public sealed record Running : ClaimOutcome;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : ClaimOutcome;

    /// <summary>The work was done, with this answer.</summary>
    public sealed record Answered(IdempotencyAnswer Answer) : ClaimOutcome;
}

/// <summary>
/// The stored part of the answer to a request with an idempotency key: enough to repeat the answer, whatever has happened to the record since.
/// </summary>
/// <param name="RecordId">The internal id of the record that was made; for a batch, of the first one.</param>
/// <param name="Status">The record's status in the answer.</param>
/// <param name="At">When the record had that status.</param>
/// <param name="ItemsJson">For a batch, the answer for each item; otherwise null.</param>
internal sealed record IdempotencyAnswer(long RecordId, string Status, DateTimeOffset At, string? ItemsJson = null);

/// <summary>
/// Stores the claims to idempotency keys. The store of the record that is made completes the claim, in the transaction that stores the record.
/// </summary>
internal interface IIdempotencyStore
{
    /// <summary>Decides atomically which caller does the work of a key.</summary>
    Task<ClaimOutcome> ClaimAsync(IdempotencyClaim claim);

    /// <summary>
    /// Releases the claim for a record id after the work failed, unless it has been completed. A later claim to the same key by another
    /// caller stays.
    /// </summary>
    Task ReleaseAsync(Tenant tenant, byte[] keyHash, long recordId);

    /// <summary>Deletes the keys that were first used before an instant, whatever their outcome.</summary>
    Task<int> DropOlderThanAsync(DateTimeOffset instant);
}
