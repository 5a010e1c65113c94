using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

/// <summary>A row of <c>payment_intents</c>, in types that every driver returns.</summary>
internal sealed record PaymentIntentRow
{
    /// <summary>The columns that are selected and inserted.</summary>
    public static readonly ColumnList Columns = ColumnList.Of<PaymentIntentRow>();

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public long? SetupIntentId { get; init; }

    public long? SavedCardId { get; init; }

    public required string Status { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    public string? Metadata { get; init; }

    public string? Details { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required long ExpireAt { get; init; }

    public string? AttemptId { get; init; }

    public long? AttemptUntil { get; init; }

    public long TipsAmount { get; init; }

    public long ServiceChargeAmount { get; init; }

    public long? RequestedAmount { get; init; }

    public long? RequestedTipsAmount { get; init; }

    public string? RequestedDetails { get; init; }

    public string? TransactionId { get; init; }

    public long AuthorizedAmount { get; init; }

    public long CapturedAmount { get; init; }

    public long RefundedAmount { get; init; }

    public string? CardLeading { get; init; }

    public string? CardLastFour { get; init; }

    public string? CardScheme { get; init; }

    public int? CardExpiry { get; init; }

    public int ClientSecretGeneration { get; init; }

    public long? ClientSecretExpiresAt { get; init; }

    public required string CaptureMode { get; init; }

    /// <summary>In seconds.</summary>
    public long? AutoExpireAfter { get; init; }

    public string? AutoExpireAction { get; init; }

    public long? SettleAt { get; init; }

    public static PaymentIntentRow Of(StoredPaymentIntent intent) => new()
    {
        Id = intent.RecordId,
        AccountId = intent.Tenant.Account.Value,
        LocationId = intent.Tenant.Location.Value,
        Environment = (int)intent.Tenant.Environment,
        SetupIntentId = intent.SetupIntentRecordId,
        SavedCardId = intent.SavedCardRecordId,
        Status = intent.Status.ToString(),
        Amount = intent.Amount.Value,
        Currency = intent.Amount.CurrencyCode,
        Reference = intent.Reference,
        Metadata = StoredMetadata.Write(intent.Metadata),
        Details = intent.DetailsJson,
        CreatedAt = UnixTime.Of(intent.CreatedAt),
        UpdatedAt = UnixTime.Of(intent.UpdatedAt),
        ExpireAt = UnixTime.Of(intent.ExpireAt),
        CaptureMode = intent.CaptureMode.ToString(),
        AutoExpireAfter = (long?)intent.AutoExpireIn?.TotalSeconds,
        AutoExpireAction = intent.AutoExpireAction?.ToString(),
        AttemptId = intent.Attempt?.TransactionId,
        AttemptUntil = UnixTime.Of(intent.Attempt?.Until),
        TipsAmount = intent.TipsAmount,
        ServiceChargeAmount = intent.ServiceChargeAmount,
        RequestedAmount = intent.RequestedAmount,
        RequestedTipsAmount = intent.RequestedTipsAmount,
        RequestedDetails = intent.RequestedDetailsJson,
        TransactionId = intent.TransactionId,
        AuthorizedAmount = intent.AuthorizedAmount,
        CapturedAmount = intent.CapturedAmount,
        RefundedAmount = intent.RefundedAmount,
        SettleAt = UnixTime.Of(intent.SettleAt),
        CardLeading = intent.Card?.Masked.LeadingDigits,
        CardLastFour = intent.Card?.Masked.LastFour,
        CardScheme = intent.Card?.Scheme.ToString(),
        CardExpiry = SetupIntentRow.NumberOf(intent.Card?.Expiry),
        ClientSecretGeneration = intent.ClientSecret?.Generation ?? 0,
        ClientSecretExpiresAt = UnixTime.Of(intent.ClientSecret?.ExpiresAt),
    };

    public StoredPaymentIntent ToDomain() => new(
        Id,
        new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment),
        SetupIntentId,
        Enum.Parse<PaymentIntentStatus>(Status),
        new Money(Amount, Currency),
        Reference,
        StoredMetadata.Read(Metadata),
        Details,
        UnixTime.ToInstant(CreatedAt),
        UnixTime.ToInstant(UpdatedAt),
        UnixTime.ToInstant(ExpireAt),
        AttemptId is null ? null : new ChargeAttempt(AttemptId, UnixTime.ToInstant(AttemptUntil!.Value)))
    {
        SavedCardRecordId = SavedCardId,
        TipsAmount = TipsAmount,
        ServiceChargeAmount = ServiceChargeAmount,
        RequestedAmount = RequestedAmount,
        RequestedTipsAmount = RequestedTipsAmount,
        RequestedDetailsJson = RequestedDetails,
        CaptureMode = Enum.Parse<CaptureMode>(CaptureMode),
        AutoExpireIn = AutoExpireAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        AutoExpireAction = AutoExpireAction is null ? null : Enum.Parse<AutoExpireAction>(AutoExpireAction),
        SettleAt = UnixTime.ToInstant(SettleAt),
        TransactionId = TransactionId,
        AuthorizedAmount = AuthorizedAmount,
        CapturedAmount = CapturedAmount,
        RefundedAmount = RefundedAmount,
        Card = CardExpiry is not { } expiry ? null : new ShownCard(
            new MaskedCardNumber(CardLeading!, CardLastFour!), Enum.Parse<CardScheme>(CardScheme!), new CardExpiry(expiry / 100, expiry % 100)),
        ClientSecret = UnixTime.ToInstant(ClientSecretExpiresAt) is { } at ? new ClientSecretState(ClientSecretGeneration, at) : null,
    };
}
