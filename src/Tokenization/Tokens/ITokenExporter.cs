using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
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
    Task<Result<TokenExport>> ExportAsync(SignedInMember who, Tenant tenant, TokenSearch search, CancellationToken ct);
}
