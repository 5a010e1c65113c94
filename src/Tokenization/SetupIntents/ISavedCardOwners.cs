using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The customer for whom a new token's card is saved, if any.</summary>
/// <param name="RecordId">The internal id of the customer; null for nobody.</param>
internal sealed record CardOwner(long? RecordId)
{
    /// <summary>No customer: the token belongs to the merchant alone.</summary>
    public static readonly CardOwner Nobody = new(RecordId: null);
}

/// <summary>Finds the customer for whom a card is saved.</summary>
internal interface ISavedCardOwners
{
    /// <summary>
    /// Returns the tenant's customer when the id is one of ours, and nobody when it is the merchant's own. <see cref="Refusal.Invalid"/> when it is one of
    /// ours but names no customer of the tenant.
    /// </summary>
    ValueTask<Result<CardOwner>> FindOwnerAsync(Tenant tenant, string customerId);
}
