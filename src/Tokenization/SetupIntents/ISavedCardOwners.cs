using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>For whom a new token's card is saved.</summary>
/// <param name="RecordId">The internal id of the customer; null for nobody.</param>
internal sealed record CardOwner(long? RecordId)
{
    /// <summary>The card is saved for nobody: its token is the merchant's alone.</summary>
    public static readonly CardOwner Nobody = new(RecordId: null);
}

/// <summary>Finds for whom a card is saved.</summary>
internal interface ISavedCardOwners
{
    /// <summary>
    /// The tenant's customer that an id of ours names; nobody for an id that is the merchant's own. <see cref="Refusal.Invalid"/> when it is one of
    /// ours, and names no customer of the tenant.
    /// </summary>
    ValueTask<Result<CardOwner>> FindOwnerAsync(Tenant tenant, string customerId);
}
