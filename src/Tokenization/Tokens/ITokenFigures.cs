using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Counts of tokens over time, for whoever may see figures.</summary>
public interface ITokenFigures
{
    /// <summary>The figures of a tenant, up to the last token; or <see cref="Refusal.NotFound"/> where it is not of the member's account.</summary>
    Task<Result<TokenFigures>> GetAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}
