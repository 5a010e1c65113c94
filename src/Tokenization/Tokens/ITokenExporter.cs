using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Exports lists of tokens for members.</summary>
public interface ITokenExporter
{
    /// <summary>
    /// Records the export in the audit trail, and returns all tokens that a search finds, one after another. They come in the order of
    /// creation, the newest first unless the search asks for the oldest first. Refuses with <see cref="Refusal.Forbidden"/> if the role does
    /// not allow it, <see cref="Refusal.NotFound"/> for a location outside the member's account, and <see cref="Refusal.Invalid"/> as
    /// <see cref="ITokenBrowser.SearchAsync"/> does.
    /// </summary>
    /// <param name="who">The member who exports.</param>
    /// <param name="tenant">The tenant whose tokens to export.</param>
    /// <param name="search">Which tokens to export.</param>
    /// <param name="askAgain">
    /// Returns the member in the current state; null when they are signed out. Called before each page of rows. Once the member is
    /// signed out or may no longer export, the rows end with <see cref="ExportStoppedException"/>.
    /// </param>
    /// <param name="ct">Stops the rows.</param>
    Task<Result<ExportedRows<TokenRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, TokenSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);
}
