using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenBrowser(
    ITokenSearchStore found, ICardIndex cards, TenantAccess access, TokenLookup lookup, SetupIntentIds ids, PaymentIntentIds paymentIds) : ITokenBrowser
{
    private const int CountedUpTo = 1000;
    private const int LargestPage = 100;
    private const int ShownOfSameCard = 10;
    private const int ShownOfDuplicateCard = 3;

    private static Refusal.Invalid NoCursor => new([new FieldError("After", "The After cursor must be a token.")]);

    public async Task<Result<TokenPage>> SearchAsync(
        SignedInMember who, Tenant tenant, TokenSearch search, string? after, int limit, CancellationToken ct)
    {
        if ((await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) ?? TokenSearchRules.Validate(search)) is { } refusal)
        {
            return refusal;
        }

        if (search.Id is { } id)
        {
            await lookup.FindAsync(tenant, id, ct); // brings the token up to date
            var picked = await found.PickAsync(tenant, search, [ids.RecordIdOf(tenant.Environment, id)], ct);
            return new TokenPage([.. picked.Select(token => lookup.RowOf(tenant, token))], After: null, new CappedCount(picked.Count, IsCapped: false));
        }

        long? cursor = after is null ? null : ids.RecordIdOf(tenant.Environment, after);
        if (cursor < 0)
        {
            return NoCursor;
        }

        await lookup.SweepAsync(tenant, ct);

        // Reads one row more than requested, to learn whether there is another page.
        limit = Math.Clamp(limit, 1, LargestPage);
        var (rows, count) = cursor is null
            ? await found.SearchAndCountAsync(tenant, search, limit + 1, CountedUpTo + 1, ct)
            : (await found.SearchAsync(tenant, search, cursor, limit + 1, ct), (int?)null);
        var items = rows.Take(limit).Select(token => lookup.RowOf(tenant, token)).ToList();
        return new TokenPage(
            items,
            rows.Count > limit ? items[^1].Id : null,
            count is { } counted ? new CappedCount(Math.Min(counted, CountedUpTo), counted > CountedUpTo) : null);
    }

    public async Task<Result<TokenPage>> RefreshAsync(
        SignedInMember who, Tenant tenant, TokenSearch search, IReadOnlyCollection<string> tokens, CancellationToken ct)
    {
        if ((await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) ?? TokenSearchRules.Validate(search)) is { } refusal)
        {
            return refusal;
        }

        var wanted = tokens.Where(id => search.Id is null || search.Id == id).Select(id => ids.RecordIdOf(tenant.Environment, id)).ToList();
        var picked = await found.PickAsync(tenant, search, wanted, ct);
        return new TokenPage([.. picked.Select(token => lookup.RowOf(tenant, token))], After: null, Count: null);
    }

    public async Task<Result<TokenDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        return await lookup.FindAsync(tenant, id, ct) is { } stored && await lookup.ShowAsync(stored, ct) is { } detail ? detail : TokenLookup.NoSuchToken;
    }

    public async Task<Result<TokenRelations>> FindRelationsAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        if (await lookup.FindAsync(tenant, id, ct) is not { } stored)
        {
            return TokenLookup.NoSuchToken;
        }

        var payments = await found.ListPaymentsAsync(tenant, stored.RecordId, ct);
        var sameCard = await found.ListOfSameCardAsync(stored, ShownOfSameCard + 1, ct);
        return new TokenRelations(
            [.. payments.Select(payment => new TokenPayment(
                paymentIds.IdOf(tenant.Environment, payment.RecordId), payment.Status, payment.Amount, payment.Reference, payment.CreatedAt))],
            [.. sameCard.Take(ShownOfSameCard).Select(other => new SameCardToken(
                ids.TokenOf(tenant.Environment, other.RecordId), other.Location, other.Status, other.Reference, other.CreatedAt))],
            sameCard.Count > ShownOfSameCard);
    }

    public async Task<Result<DuplicateCardPage>> ListDuplicateCardsAsync(SignedInMember who, Tenant tenant, string? after, int limit, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        long? cursor = after is null ? null : ids.RecordIdOf(tenant.Environment, after);
        if (cursor < 0)
        {
            return NoCursor;
        }

        await lookup.SweepAsync(tenant, ct);
        limit = Math.Clamp(limit, 1, LargestPage);
        var listed = await cards.ListDuplicatesAsync(tenant, cursor, limit + 1, CountedUpTo + 1, ShownOfDuplicateCard, ct);
        return new DuplicateCardPage(
            [.. listed.Take(limit).Select(card => Show(tenant, card)).OfType<DuplicateCard>()],
            listed.Count > limit ? ids.TokenOf(tenant.Environment, listed[limit - 1].NewestId) : null);
    }

    private DuplicateCard? Show(Tenant tenant, FoundCard group)
    {
        var counted = group.Statuses.Sum(count => count.Tokens);
        return group.Newest is [{ Card: { } card }, ..]
            ? new DuplicateCard(card, new CappedCount(Math.Min(counted, CountedUpTo), counted > CountedUpTo), group.Statuses, [.. group.Newest.Select(token => lookup.RowOf(tenant, token))])
            : null;
    }
}
