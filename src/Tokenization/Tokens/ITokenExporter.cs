using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Gives members lists of tokens to take along.</summary>
public interface ITokenExporter
{
    /// <summary>
    /// Notes in the audit trail that tokens are exported, and gives all that a search finds, one after another. They come in the
    /// order of creation, the latest first unless the oldest are wanted first. Or <see cref="Refusal.Forbidden"/>,
    /// <see cref="Refusal.NotFound"/> for a place that is not of the member's account, <see cref="Refusal.Invalid"/> as for
    /// <see cref="ITokenBrowser.SearchAsync"/>.
    /// </summary>
    /// <param name="who">Who takes them along.</param>
    /// <param name="tenant">Whose tokens.</param>
    /// <param name="search">Which ones.</param>
    /// <param name="askAgain">
    /// Finds out who the member is now. Asked before each page of rows; once they may not export any more, or are signed out, the rows
    /// end with <see cref="ExportStoppedException"/>.
    /// </param>
    /// <param name="ct">Stops the rows.</param>
    Task<Result<ExportedRows<TokenRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, TokenSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);
}
