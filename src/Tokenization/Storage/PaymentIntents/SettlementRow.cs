using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

/// <summary>A row of <c>payment_settlements</c>, in types that every driver returns.</summary>
internal sealed record SettlementRow
{
    /// <summary>The columns that are selected and inserted.</summary>
    public static readonly ColumnList Columns = ColumnList.Of<SettlementRow>();

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public required long PaymentIntentId { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public required long Amount { get; init; }

    public required long TipsAmount { get; init; }

    public required string TransactionId { get; init; }

    public required string Actor { get; init; }

    public byte[]? KeyHash { get; init; }

    public string? Reason { get; init; }

    public string? Notes { get; init; }

    public required long CreatedAt { get; init; }

    public long? AttemptUntil { get; init; }

    public static SettlementRow Of(Tenant tenant, StoredSettlement settlement) => new()
    {
        Id = settlement.RecordId,
        AccountId = tenant.Account.Value,
        LocationId = tenant.Location.Value,
        Environment = (int)tenant.Environment,
        PaymentIntentId = settlement.PaymentIntentRecordId,
        Kind = settlement.Kind.ToString(),
        Status = settlement.Status.ToString(),
        Amount = settlement.Amount,
        TipsAmount = settlement.TipsAmount,
        TransactionId = settlement.TransactionId,
        Actor = settlement.Actor,
        KeyHash = settlement.KeyHash,
        Reason = settlement.Reason,
        Notes = settlement.Notes,
        CreatedAt = UnixTime.Of(settlement.CreatedAt),
        AttemptUntil = UnixTime.Of(settlement.Until),
    };

    public StoredSettlement ToDomain() => new(
        Id,
        PaymentIntentId,
        Enum.Parse<SettlementKind>(Kind),
        Enum.Parse<SettlementStatus>(Status),
        Amount,
        TipsAmount,
        TransactionId,
        Actor,
        KeyHash,
        Reason,
        Notes,
        UnixTime.ToInstant(CreatedAt),
        UnixTime.ToInstant(AttemptUntil));
}
