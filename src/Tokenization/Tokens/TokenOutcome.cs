namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>What came of a token's card when the issuer's side was asked. Stored by name.</summary>
public enum TokenOutcome
{
    /// <summary>Nothing was asked: there is no card yet, or nobody to ask.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>The issuer declined it.</summary>
    Declined,

    /// <summary>The card was past its last month when it was sent.</summary>
    CardExpired,

    /// <summary>The issuer's side was asked, and its answer is not known yet.</summary>
    Unknown,
}
