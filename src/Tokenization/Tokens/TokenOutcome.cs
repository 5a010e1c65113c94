namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The outcome of asking the issuer about a token's card. Stored by name.</summary>
public enum TokenOutcome
{
    /// <summary>The issuer was not asked: there is no card yet, or no issuer to ask.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>The issuer declined the card.</summary>
    Declined,

    /// <summary>The card was past its last month when it was sent.</summary>
    CardExpired,

    /// <summary>The issuer was asked, and its answer is not known yet.</summary>
    Unknown,
}
