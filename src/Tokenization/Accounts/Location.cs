namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>A place of business of an account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">The account it belongs to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="UniqueReferences">Whether a second setup intent with the same reference is refused (DESIGN D6).</param>
public sealed record Location(LocationId Id, AccountId Account, string Name, bool UniqueReferences);
