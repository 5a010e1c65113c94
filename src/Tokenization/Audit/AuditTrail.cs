using System.Runtime.CompilerServices;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Audit;

internal sealed class AuditTrail(IAuditTrailStore store, IAuditLog log, OperationGate gate, TimeProvider clock) : IAuditTrail
{
    private const string Subject = "activity";
    private const int ExportedAtOnce = 500;

    private static readonly Refusal s_textTooLong =
        new Refusal.Invalid([new FieldError("Text", $"Search for at most {AuditFilter.LongestText} characters.")]);

    private static readonly Refusal s_cardNumber = new Refusal.Invalid([new FieldError("Text", "Card numbers are not searched for.")]);

    private static readonly Refusal s_daysReversed = new Refusal.Invalid([new FieldError("To", "The last day is before the first.")]);

    public async Task<Result<AuditPage>> ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct)
    {
        if ((await gate.RefuseAsync(who, Operation.ViewActivity, Subject) ?? Validate(filter)) is { } refusal)
        {
            return refusal;
        }

        if (filter.Before is null)
        {
            var now = clock.GetUtcNow();
            await store.AppendUnlessRecentAsync(who.Entry(now, AuditAction.TrailRead, Subject), now - IAuditTrail.ReadingsApart);
        }

        // One more than is shown, to see whether there are older ones.
        var entries = await store.ListAsync(who.Account, filter, AuditPage.Largest + 1, ct);
        return entries.Count > AuditPage.Largest
            ? new AuditPage([.. entries.Take(AuditPage.Largest)], entries[AuditPage.Largest - 1].Id)
            : new AuditPage(entries, null);
    }

    public async Task<Result<ExportedRows<RecordedAuditEntry>>> ExportAsync(SignedInMember who, AuditFilter filter, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct)
    {
        if ((await gate.RefuseAsync(who, Operation.ViewActivity, Subject) ?? Validate(filter)) is { } refusal)
        {
            return refusal;
        }

        await log.RecordAsync(who.Entry(clock.GetUtcNow(), AuditAction.TrailExported, Subject, filter.IsFiltered ? "filtered" : "all"));
        return new ExportedRows<RecordedAuditEntry>(AllAsync(filter with { Before = null }, askAgain, ct));
    }

    private static Refusal? Validate(AuditFilter filter) =>
        filter.Text is { Length: > AuditFilter.LongestText } ? s_textTooLong
        : filter.Text is { } text && CardNumberDetector.ContainsCardNumber(text) ? s_cardNumber
        : filter.From >= filter.To ? s_daysReversed
        : null;

    private async IAsyncEnumerable<RecordedAuditEntry> AllAsync(AuditFilter filter, Func<ValueTask<SignedInMember?>> askAgain, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<RecordedAuditEntry> page;
        do
        {
            page = await store.ListAsync(await WhoIsThereAsync(askAgain), filter, ExportedAtOnce, ct);
            foreach (var entry in page)
            {
                yield return entry;
            }

            filter = filter with { Before = page.Count > 0 ? page[^1].Id : null };
        }
        while (page.Count == ExportedAtOnce);
    }

    // A download can take long. A member who is disabled or moved to another role meanwhile gets no more rows (PCI DSS 8.2.5).
    private async Task<Accounts.AccountId> WhoIsThereAsync(Func<ValueTask<SignedInMember?>> askAgain)
    {
        var now = await askAgain() ?? throw new ExportStoppedException("The session is over.");
        return await gate.RefuseAsync(now, Operation.ViewActivity, Subject) is { } refusal ? throw new ExportStoppedException(refusal.Message) : now.Account;
    }
}
