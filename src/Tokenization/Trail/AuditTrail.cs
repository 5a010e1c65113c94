using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Trail;

internal sealed class AuditTrail(IAuditTrailStore store, OperationGate gate, TimeProvider clock) : IAuditTrail
{
    private const string Subject = "activity";

    public async Task<Result<AuditPage>> ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ViewActivity, Subject) is { } refusal)
        {
            return refusal;
        }

        if (filter.Before is null)
        {
            var now = clock.GetUtcNow();
            await store.AppendUnlessRecentAsync(who.Entry(now, "activity read", Subject), now - IAuditTrail.ReadingsApart);
        }

        // One more than is shown says whether there are older ones.
        var entries = await store.ListAsync(who.Account, filter, AuditPage.Largest + 1, ct);
        return entries.Count > AuditPage.Largest
            ? new AuditPage([.. entries.Take(AuditPage.Largest)], entries[AuditPage.Largest - 1].Id)
            : new AuditPage(entries, null);
    }
}
