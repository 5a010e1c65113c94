using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestLogChecking(IRequestLogCheckStore store, RequestLogAccess access, IAuditLog audit, TimeProvider clock) : IRequestLogCheck
{
    // Reading this many rows takes a few milliseconds, and other readers run in between.
    private const int ReadAtOnce = 2000;
    private const int MostShown = 20;

    public async Task<Result<RequestLogCheckResult>> RunAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var (at, begin) = (clock.GetUtcNow(), clock.GetTimestamp());
        long entries = 0, found = 0;
        for (long? last = 0; last is { } after;)
        {
            var scanned = await store.ScanAsync(tenant, after, ReadAtOnce, text => CardNumberDetector.ContainsCardNumber(text), ct);
            (last, entries, found) = (scanned.Last, entries + scanned.Entries, found + scanned.Found);
        }

        var result = new RequestLogCheckResult(at, clock.GetElapsedTime(begin), who.Name, entries, found);
        await store.AddAsync(tenant, result, who.Actor);
        await audit.RecordAsync(who.Entry(
            clock.GetUtcNow(),
            AuditAction.RequestLogChecked,
            $"location:{tenant.Location.Value}",
            found == 0 ? $"{tenant.Environment}: no card number in {entries} entries" : $"{tenant.Environment}: a card number in {found} of {entries} entries"));
        return result;
    }

    public async Task<Result<RequestLogChecks>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal ? refusal : new RequestLogChecks(await store.ListAsync(tenant, MostShown, ct));
}
