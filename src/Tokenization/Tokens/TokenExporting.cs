using System.Runtime.CompilerServices;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenExporting(
    ITokenSearchStore found, TenantAccess access, TokenLookup lookup, SetupIntentIds ids, IAuditLog audit, TimeProvider clock) : ITokenExporter
{
    private const int ExportedAtOnce = 500;

    public async Task<Result<ExportedRows<TokenRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, TokenSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct)
    {
        if ((await access.RefuseAsync(who, Operation.ExportTokens, tenant, ct) ?? TokenSearchRules.Validate(search)) is { } refusal)
        {
            return refusal;
        }

        await lookup.SweepAsync(tenant, ct);
        await audit.RecordAsync(who.Entry(
            clock.GetUtcNow(),
            AuditAction.TokensExported,
            $"location:{tenant.Location.Value}",
            search.IsFiltered ? $"{tenant.Environment}, filtered" : $"{tenant.Environment}, all"));
        var sorted = search with { Sort = search.Sort == TokenSort.Oldest ? TokenSort.Oldest : TokenSort.Newest };
        return new ExportedRows<TokenRow>(AllAsync(tenant, sorted, () => GoOnAsync(tenant, askAgain, ct), ct));
    }

    // A download can take long. A member who is disabled or loses the role during it receives no more rows (PCI DSS 8.2.5).
    private async Task GoOnAsync(Tenant tenant, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct)
    {
        if (await askAgain() is not { } now)
        {
            throw new ExportStoppedException("The session is over.");
        }

        if (await access.RefuseAsync(now, Operation.ExportTokens, tenant, ct) is { } refusal)
        {
            throw new ExportStoppedException(refusal.Message);
        }
    }

    private async IAsyncEnumerable<TokenRow> AllAsync(
        Tenant tenant, TokenSearch search, Func<Task> goOn, [EnumeratorCancellation] CancellationToken ct)
    {
        if (search.Id is { } id)
        {
            await goOn();
            foreach (var only in await found.PickAsync(tenant, search, [ids.RecordIdOf(tenant.Environment, id)], ct))
            {
                yield return lookup.RowOf(tenant, only);
            }

            yield break;
        }

        long? after = null;
        IReadOnlyList<FoundToken> page;
        do
        {
            await goOn();
            page = await found.SearchAsync(tenant, search, after, ExportedAtOnce, ct);
            foreach (var token in page)
            {
                yield return lookup.RowOf(tenant, token);
                after = token.RecordId;
            }
        }
        while (page.Count == ExportedAtOnce);
    }
}
