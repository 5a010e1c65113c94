namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The kind of question to the acquirer, which determines the possible answers.</summary>
internal enum AcquirerQuestion
{
    /// <summary>An attempt on a card: approved, with a code, or declined.</summary>
    Card,

    /// <summary>An order about an earlier attempt: done or declined.</summary>
    Settlement,
}

/// <summary>The acquirer's verdict, or the conclusion from a missing answer.</summary>
internal enum AcquirerVerdict
{
    /// <summary>The attempt on the card was approved.</summary>
    Approved,

    /// <summary>The order was carried out.</summary>
    Done,

    /// <summary>The attempt or order was refused for good.</summary>
    Declined,

    /// <summary>The acquirer did not act, and will not.</summary>
    NotAttempted,

    /// <summary>The acquirer may have acted.</summary>
    Unknown,
}

/// <summary>A reply of the acquirer about one transaction.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="AuthCode">The issuer's approval code if a card was approved; otherwise null.</param>
internal readonly record struct AcquirerReply(AcquirerVerdict Verdict, string? AuthCode = null)
{
    /// <summary>Converts the reply to the outcome of an attempt on a card.</summary>
    public AuthorizationOutcome ToAuthorization(string transactionId) => Verdict switch
    {
        AcquirerVerdict.Approved => new AuthorizationOutcome.Approved(transactionId, AuthCode!),
        AcquirerVerdict.Declined => new AuthorizationOutcome.Declined(transactionId),
        AcquirerVerdict.NotAttempted => new AuthorizationOutcome.NotAttempted(),
        _ => new AuthorizationOutcome.Unknown(transactionId),
    };

    /// <summary>Converts the reply to the outcome of an order.</summary>
    public SettlementOutcome ToSettlement() => Verdict switch
    {
        AcquirerVerdict.Done => SettlementOutcome.Done,
        AcquirerVerdict.Declined => SettlementOutcome.Declined,
        AcquirerVerdict.NotAttempted => SettlementOutcome.NotAttempted,
        _ => SettlementOutcome.Unknown,
    };
}
