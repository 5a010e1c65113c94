using System.Runtime.CompilerServices;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestExporting(IRequestSearchStore store, RequestLogAccess access, IAuditLog audit, TimeProvider clock) : IRequestLogExporter
{
    private const int ExportedAtOnce = 500;

    public async Task<Result<ExportedRows<RequestRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, RequestSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        if (RequestSearch.ValidateText(search.Text) is { } error)
        {
            return new Refusal.Invalid([error]);
        }

        await audit.RecordAsync(who.Entry(
            clock.GetUtcNow(),
            AuditAction.RequestLogExported,
            $"location:{tenant.Location.Value}",
            search.IsFiltered ? $"{tenant.Environment}, filtered" : $"{tenant.Environment}, all"));
        return new ExportedRows<RequestRow>(AllAsync(tenant, search, () => GoOnAsync(tenant, askAgain, ct), ct));
    }

    // A download can take long. A member who is disabled or moved to another role meanwhile gets no more rows (PCI DSS 8.2.5).
    private async Task GoOnAsync(Tenant tenant, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct)
    {
        if (await askAgain() is not { } now)
        {
            throw new ExportStoppedException("The session is over.");
        }

        if (await access.RefuseAsync(now, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            throw new ExportStoppedException(refusal.Message);
        }
    }

    private async IAsyncEnumerable<RequestRow> AllAsync(Tenant tenant, RequestSearch search, Func<Task> goOn, [EnumeratorCancellation] CancellationToken ct)
    {
        RequestCursor? after = null;
        int found;
        do
        {
            await goOn();
            var page = await store.SearchAsync(tenant, search, after, ExportedAtOnce, ct);
            var names = await store.NameAsync(tenant, [.. page.Select(entry => entry.Key).OfType<ApiKeyId>().Distinct()], ct);
            foreach (var whole in await store.LoadAsync(tenant, [.. page.Select(entry => entry.Id!.Value)], ct))
            {
                yield return new RequestRow(whole, whole.Key is { } key ? names.GetValueOrDefault(key) : null);
            }

            found = page.Count;
            after = found > 0 ? new RequestCursor(page[^1].At, page[^1].Id!.Value) : null;
        }
        while (found == ExportedAtOnce);
    }
}
