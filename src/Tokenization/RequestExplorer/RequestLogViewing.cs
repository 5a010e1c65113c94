using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestLogViewing(IRequestLogViewStore store, OperationGate gate, TimeProvider clock) : IRequestLogViews
{
    private const int LongestQuery = 1000;
    private const string Subject = "views";

    public async Task<Result<RequestLogViews>> ListAsync(SignedInMember who, CancellationToken ct) =>
        await gate.RefuseAsync(who, Operation.ViewRequestLogs, Subject) is { } refusal ? refusal : await AllAsync(who, ct);

    public async Task<Result<RequestLogViews>> SaveAsync(SignedInMember who, string? name, string query, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ViewRequestLogs, Subject) is { } refusal)
        {
            return refusal;
        }

        var trimmed = (name ?? "").Trim();
        var error = trimmed.Length == 0 || TextElements.CountCodePoints(trimmed) > IRequestLogViews.LongestName ? $"Enter a name of 1 to {IRequestLogViews.LongestName} characters."
            : CardNumberDetector.ContainsCardNumber(trimmed) ? "A name must not contain a card number."
            : query.Length > LongestQuery || CardNumberDetector.ContainsCardNumber(Uri.UnescapeDataString(query)) ? "These filters cannot be saved."
            : await store.SaveAsync(who.Account, who.Id, trimmed, query, clock.GetUtcNow(), IRequestLogViews.Most) ? null
            : $"You have {IRequestLogViews.Most} views. Delete one first.";
        return error is null ? await AllAsync(who, ct) : new Refusal.Invalid([new FieldError("Name", error)]);
    }

    public async Task<Result<RequestLogViews>> DeleteAsync(SignedInMember who, long id, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ViewRequestLogs, Subject) is { } refusal)
        {
            return refusal;
        }

        await store.DeleteAsync(who.Account, who.Id, id);
        return await AllAsync(who, ct);
    }

    private async Task<RequestLogViews> AllAsync(SignedInMember who, CancellationToken ct) => new(await store.ListAsync(who.Account, who.Id, ct));
}
