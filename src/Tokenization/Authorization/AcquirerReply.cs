namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What the acquirer was asked for, which says what its answers may be.</summary>
internal enum AcquirerQuestion
{
    /// <summary>An attempt on a card: approved, with a code, or declined.</summary>
    Card,

    /// <summary>An order about an earlier attempt: done or declined.</summary>
    Settlement,
}

/// <summary>What the acquirer said, or what is to be made of its having said nothing.</summary>
internal enum AcquirerVerdict
{
    /// <summary>An attempt on a card was approved.</summary>
    Approved,

    /// <summary>An order was carried out.</summary>
    Done,

    /// <summary>It was refused for good.</summary>
    Declined,

    /// <summary>Nothing was done, and nothing will be.</summary>
    NotAttempted,

    /// <summary>It may have been done.</summary>
    Unknown,
}

/// <summary>A reply of the acquirer about one transaction.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="AuthCode">The issuer's approval code, where a card was approved.</param>
internal readonly record struct AcquirerReply(AcquirerVerdict Verdict, string? AuthCode = null)
{
    /// <summary>As the outcome of an attempt on a card.</summary>
    public AuthorizationOutcome ToAuthorization(string transactionId) => Verdict switch
    {
        AcquirerVerdict.Approved => new AuthorizationOutcome.Approved(transactionId, AuthCode!),
        AcquirerVerdict.Declined => new AuthorizationOutcome.Declined(transactionId),
        AcquirerVerdict.NotAttempted => new AuthorizationOutcome.NotAttempted(),
        _ => new AuthorizationOutcome.Unknown(transactionId),
    };

    /// <summary>As the outcome of an order.</summary>
    public SettlementOutcome ToSettlement() => Verdict switch
    {
        AcquirerVerdict.Done => SettlementOutcome.Done,
        AcquirerVerdict.Declined => SettlementOutcome.Declined,
        AcquirerVerdict.NotAttempted => SettlementOutcome.NotAttempted,
        _ => SettlementOutcome.Unknown,
    };
}
