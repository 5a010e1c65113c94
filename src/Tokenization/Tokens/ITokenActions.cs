using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// Changes tokens for members. Each method returns <see cref="Refusal.Forbidden"/> to a member whose role does not allow it and
/// <see cref="Refusal.NotFound"/> for a location outside their account, and writes the audit trail.
/// </summary>
public interface ITokenActions
{
    /// <summary>
    /// Cancels a created token, or closes an authorized one, and destroys its card data. Returns <see cref="Refusal.WrongState"/> when it no
    /// longer has the status that the member saw, or while it is being charged.
    /// </summary>
    Task<Result<SetupIntent>> EndAsync(SignedInMember who, Tenant tenant, string id, SetupIntentStatus seen);

    /// <summary>
    /// Tokenizes a published test card in the sandbox, validated like an API request. Returns <see cref="Refusal.Invalid"/> for a reference
    /// that breaks a rule.
    /// </summary>
    Task<Result<SetupIntent>> CreateTestTokenAsync(SignedInMember who, Tenant tenant, TestCard card, string reference);
}
