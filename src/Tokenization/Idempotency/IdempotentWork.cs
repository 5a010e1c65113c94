using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>
/// Ensures that the work of an idempotency key is done once, however often and however concurrently it is requested
/// (DESIGN D6). The claim is on disk before the issuer is asked, so this also holds across crashes and nodes.
/// </summary>
internal sealed class IdempotentWork(IIdempotencyStore store, IdempotencyHasher hasher, TimeProvider clock)
{
    /// <summary>
    /// How long a claim is valid: longer than any request takes, including its call to the acquirer. An older claim was abandoned in a crash, and the
    /// next call takes it over.
    /// </summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    /// <param name="request">The key and the hash of the request.</param>
    /// <param name="newRecordId">The internal id for the work, if this call is the first.</param>
    /// <param name="replay">Makes the answer again from the part that was stored when the work was done.</param>
    /// <param name="work">Does the work under the given internal id, and completes the claim with the given key hash.</param>
    public async Task<Result<T>> RunAsync<T>(
        IdempotentRequest request, long newRecordId, Func<IdempotencyAnswer, Task<Result<T>>> replay, Func<long, byte[], Task<Result<T>>> work)
        where T : class
    {
        var keyHash = hasher.OfKey(request.Tenant, request.Key);
        var now = clock.GetUtcNow();
        var claim = new IdempotencyClaim(request.Tenant, keyHash, request.BodyHash, newRecordId, now, now + request.LeaseTime)
        {
            FormerBodyHash = request.FormerBodyHash,
        };
        switch (await store.ClaimAsync(claim))
        {
            case ClaimOutcome.Answered answered:
                return await replay(answered.Answer);
            case ClaimOutcome.OtherRequest:
                return new Refusal.Conflict("The idempotency key was used before, for another request.");
            case ClaimOutcome.Granted granted:
                return await DoAsync(request.Tenant, keyHash, granted.RecordId, work);
            default:
                return new Refusal.Conflict("A request with this idempotency key is still running. Repeat it to get its answer.");
        }
    }

    private async Task<Result<T>> DoAsync<T>(Tenant tenant, byte[] keyHash, long recordId, Func<long, byte[], Task<Result<T>>> work)
        where T : class
    {
        try
        {
            var result = await work(recordId, keyHash);
            if (!result.IsSuccess)
            {
                await store.ReleaseAsync(tenant, keyHash, recordId); // a refusal is not stored: the next request may succeed
            }

            return result;
        }
        catch
        {
            // Nothing was stored, so the key is released at once. If this fails too, it is free when the lease ends.
            await store.ReleaseAsync(tenant, keyHash, recordId);
            throw;
        }
    }
}

/// <summary>A request that came with an idempotency key.</summary>
/// <param name="Tenant">The tenant that used the key.</param>
/// <param name="Key">The key.</param>
/// <param name="BodyHash">The hash of the request, by <see cref="IdempotencyHasher"/>.</param>
internal sealed record IdempotentRequest(Tenant Tenant, IdempotencyKey Key, byte[] BodyHash)
{
    /// <summary>The hash of the same request as an earlier version stored it; null if it is the same as <see cref="BodyHash"/>.</summary>
    public byte[]? FormerBodyHash { get; init; }

    /// <summary>How long the claim to the work is valid.</summary>
    public TimeSpan LeaseTime { get; init; } = IdempotentWork.LeaseTime;
}
