using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>
/// Sees to it that the work of an idempotency key is done once, however often and however concurrently it is asked for
/// (DESIGN D6). The claim is on disk before the issuer is asked, so this also holds across crashes and nodes.
/// </summary>
internal sealed class IdempotentWork(IIdempotencyStore store, IdempotencyHasher hasher, TimeProvider clock)
{
    /// <summary>Longer than any request takes, its call to the acquirer included; after that, its claim was abandoned in a crash, and the next call takes it over.</summary>
    internal static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    /// <param name="tenant">Whose key it is.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="newRecordId">The internal id for the work, if this call is the first.</param>
    /// <param name="replay">Makes the answer from what was stored when the work was done.</param>
    /// <param name="work">Does the work under an internal id, and completes the claim of a key hash with it.</param>
    public async Task<Result<SetupIntent>> RunAsync(
        Tenant tenant,
        IdempotencyKey key,
        SetupIntentRequest request,
        long newRecordId,
        Func<StoredSetupIntent, SetupIntent> replay,
        Func<long, byte[], Task<Result<SetupIntent>>> work)
    {
        var keyHash = hasher.OfKey(tenant, key);
        var now = clock.GetUtcNow();
        var claim = new IdempotencyClaim(tenant, keyHash, hasher.OfRequest(tenant, request), newRecordId, now, now + LeaseTime)
        {
            FormerBodyHash = request.Mandate.DetailsJson is null ? null : hasher.OfRequestInOrderSent(tenant, request),
        };
        switch (await store.ClaimAsync(claim))
        {
            case ClaimOutcome.Answered answered:
                return replay(answered.Intent);
            case ClaimOutcome.OtherRequest:
                return new Refusal.Conflict("The idempotency key was used before, for another request.");
            case ClaimOutcome.Granted granted:
                return await DoAsync(tenant, keyHash, granted.RecordId, work);
            default:
                return new Refusal.Conflict("A request with this idempotency key is still running. Repeat it to get its answer.");
        }
    }

    private async Task<Result<SetupIntent>> DoAsync(Tenant tenant, byte[] keyHash, long recordId, Func<long, byte[], Task<Result<SetupIntent>>> work)
    {
        try
        {
            var result = await work(recordId, keyHash);
            if (!result.IsSuccess)
            {
                await store.ReleaseAsync(tenant, keyHash, recordId); // a refusal is not an answer to keep: the next request may be better
            }

            return result;
        }
        catch
        {
            // Nothing was stored, so the key is free again at once. Should this fail too, it is free after the lease.
            await store.ReleaseAsync(tenant, keyHash, recordId);
            throw;
        }
    }
}
