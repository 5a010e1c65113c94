using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// Tokens as members see them. Each method refuses a member whose role does not allow it (<see cref="Refusal.Forbidden"/>), and
/// answers <see cref="Refusal.NotFound"/> for a place that is not of their account.
/// </summary>
public interface ITokenBrowser
{
    /// <summary>
    /// A page of tokens, exact up to the last one. Or <see cref="Refusal.Invalid"/>: the last four are not four digits, a text is
    /// or contains a card number, or the cursor is no token.
    /// </summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose tokens.</param>
    /// <param name="search">Which, and in which order.</param>
    /// <param name="after">The token after which the page begins; null for the first page.</param>
    /// <param name="limit">At most how many, 1 to 100.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<TokenPage>> SearchAsync(SignedInMember who, Tenant tenant, TokenSearch search, string? after, int limit, CancellationToken ct);

    /// <summary>Those of some tokens that a search finds, as they are now, in its order: for a list that follows <see cref="ITokenFeed"/>.</summary>
    Task<Result<TokenPage>> RefreshAsync(SignedInMember who, Tenant tenant, TokenSearch search, IReadOnlyCollection<string> tokens, CancellationToken ct);

    /// <summary>A token with its history.</summary>
    Task<Result<TokenDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>What else has to do with a token: its payments, and tokens of the same card.</summary>
    Task<Result<TokenRelations>> FindRelationsAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>
    /// A page of the cards of which there are two tokens or more, the one used last first. A token is among those of its card a moment after it was
    /// made. Or <see cref="Refusal.Invalid"/>: the cursor is no token.
    /// </summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose cards.</param>
    /// <param name="after">The <see cref="DuplicateCardPage.After"/> of the page before; null for the first page.</param>
    /// <param name="limit">At most how many, 1 to 100.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<DuplicateCardPage>> ListDuplicateCardsAsync(SignedInMember who, Tenant tenant, string? after, int limit, CancellationToken ct);
}
