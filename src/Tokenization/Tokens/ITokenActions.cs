using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>
/// What members do with tokens. Each method refuses a member whose role does not allow it (<see cref="Refusal.Forbidden"/>),
/// answers <see cref="Refusal.NotFound"/> for a place that is not of their account, and writes the audit trail.
/// </summary>
public interface ITokenActions
{
    /// <summary>
    /// Cancels a created token, or closes an authorized one, and destroys its card data. <see cref="Refusal.WrongState"/> when it
    /// is not in the status any more in which the member saw it, and while it is being charged.
    /// </summary>
    Task<Result<SetupIntent>> EndAsync(SignedInMember who, Tenant tenant, string id, SetupIntentStatus seen);

    /// <summary>
    /// Tokenizes a published test card in the sandbox, validated like a request of the API. <see cref="Refusal.Invalid"/> for a
    /// reference that breaks a rule.
    /// </summary>
    Task<Result<SetupIntent>> CreateTestTokenAsync(SignedInMember who, Tenant tenant, TestCard card, string reference);
}
