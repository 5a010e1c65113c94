using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// Finds tokens for members. Each method returns <see cref="Refusal.Forbidden"/> to a member whose role does not allow it, and
/// <see cref="Refusal.NotFound"/> for a location outside their account.
/// </summary>
public interface ITokenBrowser
{
    /// <summary>
    /// Returns a page of tokens, which includes even the newest ones. Returns <see cref="Refusal.Invalid"/> when the last four are not four
    /// digits, a text is too long or contains a card number, or the cursor is not a token.
    /// </summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant whose tokens to list.</param>
    /// <param name="search">Which tokens to list, and in which order.</param>
    /// <param name="after">The token after which the page begins; null for the first page.</param>
    /// <param name="limit">The maximum number of tokens, 1 to 100.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Result<TokenPage>> SearchAsync(SignedInMember who, Tenant tenant, TokenSearch search, string? after, int limit, CancellationToken ct);

    /// <summary>Returns the current state of those given tokens that a search finds, in its order: for a list that follows <see cref="ITokenFeed"/>.</summary>
    Task<Result<TokenPage>> RefreshAsync(SignedInMember who, Tenant tenant, TokenSearch search, IReadOnlyCollection<string> tokens, CancellationToken ct);

    /// <summary>Finds a token with its history.</summary>
    Task<Result<TokenDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>Finds what is related to a token: its payments, and other tokens of the same card.</summary>
    Task<Result<TokenRelations>> FindRelationsAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>
    /// Returns a page of the cards that have two or more tokens, the card with the newest token first. A new token is counted with its card
    /// a moment after its creation. Returns <see cref="Refusal.Invalid"/> when the cursor is not a token.
    /// </summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant whose cards to list.</param>
    /// <param name="after">The <see cref="DuplicateCardPage.After"/> of the page before; null for the first page.</param>
    /// <param name="limit">The maximum number of cards, 1 to 100.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Result<DuplicateCardPage>> ListDuplicateCardsAsync(SignedInMember who, Tenant tenant, string? after, int limit, CancellationToken ct);
}
