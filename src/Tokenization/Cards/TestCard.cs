namespace Dojo.Pci.Tokenization.Cards;

/// <summary>What the sandbox issuer answers for a <see cref="TestCard"/>.</summary>
public enum TestCardOutcome
{
    /// <summary>The issuer approves: the setup intent becomes <c>Authorized</c>.</summary>
    Approves,

    /// <summary>The issuer declines: the setup intent stays <c>Created</c>, with a <c>Declined</c> event.</summary>
    Declines,
}

/// <summary>
/// A published test card number. It is documentation, not card data: no issuer has issued it to anyone. It is therefore the only
/// kind of card number that may be text.
/// </summary>
/// <param name="Scheme">The scheme to which its prefix belongs.</param>
/// <param name="Number">The digits, without separators.</param>
/// <param name="Outcome">What the sandbox issuer answers.</param>
/// <param name="Note">What distinguishes the card, for the reader of the list.</param>
public sealed record TestCard(CardScheme Scheme, string Number, TestCardOutcome Outcome, string Note);
